import licences from 'virtual:licences'
import { Button } from '@fluentui/react-components'
import { Copy16Regular } from '@fluentui/react-icons'
import { api, useAsk } from '../../api.ts'
import { useCopy } from '../../ui/copy.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { bytes } from '../../ui/format.ts'
import { Facts, Panel, Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import css from './settings.module.css'

/** Which program this is, where its data are, and what it is made of. */
export function About() {
  const copy = useCopy()
  const { data } = useAsk(['status.get'], (signal) => api.status.get.query(undefined, { signal }))
  return (
    <>
      <Section title="Commerce Integrator">
        <Panel>
          {!data && <Skeleton lines={3} />}
          {data && (
            <div className={css.fields}>
              <Facts
                facts={[
                  ['Version', data.version],
                  ['Runs as', data.mode === 'service' ? 'a service' : 'the desktop program'],
                  ['On', `${data.owner.host}, process ${data.owner.pid}`],
                  ['Since', <Time key="since" at={data.startedAt} />],
                  ['Free on its disk', data.disk ? bytes(data.disk.freeBytes) : 'The disk does not say'],
                  ['Newer version', data.update ?? 'None known'],
                ]}
              />
              <div>
                <p className="quiet">Data folder</p>
                <div className={css.path}>
                  <code>{data.dataFolder}</code>
                  <Button
                    size="small"
                    icon={<Copy16Regular />}
                    onClick={() => void copy(data.dataFolder, 'The path of the data folder is copied.')}
                  >
                    Copy path
                  </Button>
                </div>
              </div>
            </div>
          )}
        </Panel>
      </Section>
      <Section title="Licences">
        <Panel>
          <p className={css.text}>Commerce Integrator is under the MIT licence, and made with:</p>
          <table className={css.licences}>
            <thead>
              <tr>
                <th scope="col">Package</th>
                <th scope="col">Version</th>
                <th scope="col">Licence</th>
              </tr>
            </thead>
            <tbody>
              {licences.map(({ name, version, licence }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="number">{version}</td>
                  <td>{licence}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      </Section>
    </>
  )
}
