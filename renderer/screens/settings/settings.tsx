import { api, useAsk } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { NotThere } from '../not-there.tsx'
import { About } from './about.tsx'
import { Appearance } from './appearance.tsx'
import { LogSettings } from './log-settings.tsx'
import { MailForm } from './mail-form.tsx'
import { NetworkForm } from './network-form.tsx'
import { Secrets } from './secrets.tsx'
import css from './settings.module.css'
import { UpdatesForm } from './updates-form.tsx'

export const sections = [
  { id: 'network', name: 'Network' },
  { id: 'mail', name: 'Mail' },
  { id: 'appearance', name: 'Appearance' },
  { id: 'log', name: 'Log' },
  { id: 'secrets', name: 'Secrets' },
  { id: 'updates', name: 'Updates' },
  { id: 'about', name: 'About' },
] as const

/** They ask for what they show themselves. */
const alone: ReadonlySet<string> = new Set(['appearance', 'about', 'mail'])

/** Settings of the program itself; a tenant's are on its own page. */
export function Settings({ section = 'network' }: { section: string | undefined }) {
  const { data, error, refetch } = useAsk(['settings.get'], (signal) =>
    api.settings.get.query(undefined, { signal }),
  )
  if (!sections.some(({ id }) => id === section)) return <NotThere what="This part of the settings" />
  return (
    <Page title="Settings">
      <Tabs
        label="Parts of the settings"
        shown={section}
        tabs={sections.map(({ id, name }) => ({ id, name, href: `/settings/${id}` }))}
      />
      <div className={css.stack}>
        {section === 'appearance' && <Appearance />}
        {section === 'mail' && <MailForm />}
        {section === 'about' && <About />}
        {!data && error && <Unanswered error={error} again={() => void refetch()} />}
        {!data && !error && !alone.has(section) && <Skeleton lines={6} />}
        {data && section === 'network' && (
          <NetworkForm network={data.network} password={data.proxyPassword} />
        )}
        {data && section === 'log' && <LogSettings level={data.log.level} folder={data.log.folder} />}
        {data && section === 'secrets' && <Secrets vault={data.vault} />}
        {data && section === 'updates' && <UpdatesForm updates={data.updates} />}
      </div>
    </Page>
  )
}
