import { Button } from '@fluentui/react-components'
import { openOver } from './open.ts'
import css from './over.module.css'
import { Overlay } from './over.tsx'

const parts: readonly {
  readonly title: string
  readonly keys: readonly (readonly [key: string, what: string])[]
}[] = [
  {
    title: 'Everywhere',
    keys: [
      ['Ctrl + K', 'Search, commands, “Was this synced?”'],
      ['/', 'To the search box of a list'],
      ['F12', 'API inspector'],
      ['F1 or ?', 'This help'],
      ['Esc', 'Close what is open'],
      ['Alt + ←', 'Back'],
    ],
  },
  {
    title: 'In a list',
    keys: [
      ['↓ ↑ or J K', 'Next row, row before'],
      ['Page ↓ ↑', 'A page further'],
      ['Home, End', 'First row, last row'],
      ['Enter', 'Open the row'],
    ],
  },
  {
    title: 'In a form',
    keys: [
      ['Ctrl + S', 'Save'],
      ['Tab', 'Next field'],
      ['Space', 'Tick, switch'],
    ],
  },
]

/** F1 or ?: what the keys do. */
export function KeysHelp() {
  const close = (): void => openOver(null)
  return (
    <Overlay label="Keyboard help" onClose={close}>
      <div className={css.keys}>
        <h2 className={css.keysTitle}>Keyboard</h2>
        <div className={css.columns}>
          {parts.map(({ title, keys }) => (
            <section key={title} className={css.part}>
              <h3>{title}</h3>
              <dl>
                {keys.map(([key, what]) => (
                  <div key={key} className={css.key}>
                    <dt>
                      <kbd>{key}</kbd>
                    </dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <div className={css.foot}>
          <Button size="small" onClick={close}>
            Close
          </Button>
        </div>
      </div>
    </Overlay>
  )
}
