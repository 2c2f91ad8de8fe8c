import { Button } from '@fluentui/react-components'
import { KeyMultiple16Regular } from '@fluentui/react-icons'
import type { VaultKind, VaultState } from '../../../app/model/settings.ts'
import { api, queries, useCommand } from '../../api.ts'
import { plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Facts, Panel, Section } from '../../ui/page.tsx'
import css from './settings.module.css'

const kindWords: Record<VaultKind, { name: string; means: string }> = {
  os: {
    name: "the operating system's store",
    means: 'Only you can open it, signed in here; a service cannot.',
  },
  keyfile: {
    name: "the service's key file",
    means: 'A sealed file in the data folder that the service can open with nobody signed in.',
  },
}

/** Where keys and passwords lie, and moving them from one place to the other. They themselves are never shown. */
export function Secrets({ vault }: { vault: VaultState }) {
  const targets = vault.canMoveTo.filter((kind) => kind !== vault.kind || vault.canMoveTo.length === 1)
  return (
    <>
      <Section title="Where they lie">
        <Panel>
          <Facts
            facts={[
              ['New secrets go into', kindWords[vault.kind].name],
              ['Stored now', plural(vault.secrets, 'key or password', 'keys and passwords')],
              ['Can be stored', vault.isAvailable ? 'Yes' : 'No: this computer offers no safe place'],
            ]}
          />
          {vault.lost.length > 0 && (
            <p className={`${css.text} ${css.lost} failed`}>
              Cannot be read here any more, and have to be entered again: {vault.lost.join(', ')}
            </p>
          )}
        </Panel>
      </Section>
      <Section title="Move them">
        <Panel>
          {targets.length === 0 ? (
            <p className={css.text}>
              Only the desktop program reaches both places. Open the settings there to move secrets.
            </p>
          ) : (
            <div className={css.fields}>
              {targets.map((kind) => (
                <MoveTo key={kind} kind={kind} />
              ))}
            </div>
          )}
        </Panel>
      </Section>
    </>
  )
}

function MoveTo({ kind }: { kind: VaultKind }) {
  const notices = useNotices()
  const move = useCommand((to: VaultKind) => api.settings.moveSecrets.mutate({ to }))
  return (
    <div className={css.path}>
      <Button
        size="small"
        icon={<KeyMultiple16Regular />}
        disabled={move.isBusy}
        onClick={async () => {
          const moved = await move.run(kind)
          if (!moved.ok) return notices.trouble(moved.fault)
          const { carried, lost } = moved.value
          const left = lost.length > 0 ? ` ${lost.join(', ')}: to be entered again.` : ''
          notices.done(`${plural(carried.length, 'secret')} moved into ${kindWords[kind].name}.${left}`)
          await queries.invalidateQueries({ queryKey: ['settings.get'] })
        }}
      >
        Move into {kindWords[kind].name}
      </Button>
      <span className="quiet">{kindWords[kind].means}</span>
    </div>
  )
}
