import { Search20Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import { Empty } from '../ui/empty.tsx'
import { Page } from '../ui/page.tsx'

/** An address that leads nowhere, or a row that is gone. */
export function NotThere({ what = 'This page' }: { what?: string }) {
  return (
    <Page title="Not found">
      <Empty icon={<Search20Regular />} title={`${what} is not here`}>
        <p>It may have been removed, or the address may be mistyped.</p>
        <Link href="/">Go to the overview</Link>
      </Empty>
    </Page>
  )
}
