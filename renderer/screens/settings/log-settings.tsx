import { Button, Field, Select } from '@fluentui/react-components'
import { Copy16Regular } from '@fluentui/react-icons'
import { type LogLevel, logLevels } from '../../../app/model/settings.ts'
import { api, queries, useCommand } from '../../api.ts'
import { useCopy } from '../../ui/copy.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import css from './settings.module.css'

const levelWords: Record<LogLevel, string> = {
  debug: 'Everything (debug): for a hunt after a mistake, for a while',
  info: 'What happens (info): usual',
  warn: 'Only trouble (warn)',
  error: 'Only failures (error)',
}

/** How much the log says, and where it lies. */
export function LogSettings({ level, folder }: { level: LogLevel; folder: string }) {
  const notices = useNotices()
  const copy = useCopy()
  const set = useCommand((next: LogLevel) => api.settings.setLogLevel.mutate({ level: next }))
  return (
    <Section title="Log">
      <Panel>
        <div className={css.fields}>
          <Field label="How much it says" hint="It holds at once. Keys and passwords never stand in it.">
            <Select
              value={level}
              disabled={set.isBusy}
              style={{ maxWidth: 460 }}
              onChange={async (_, { value }) => {
                const next = logLevels.find((each) => each === value) ?? 'info'
                notices.tell(await set.run(next), 'Saved.')
                await queries.invalidateQueries({ queryKey: ['settings.get'] })
              }}
            >
              {logLevels.map((each) => (
                <option key={each} value={each}>
                  {levelWords[each]}
                </option>
              ))}
            </Select>
          </Field>
          <div>
            <p className="quiet">Folder of the log files</p>
            <div className={css.path}>
              <code>{folder}</code>
              <Button
                size="small"
                icon={<Copy16Regular />}
                onClick={() => void copy(folder, 'The path of the log folder is copied.')}
              >
                Copy path
              </Button>
            </div>
          </div>
        </div>
      </Panel>
    </Section>
  )
}
