import { FluentProvider } from '@fluentui/react-components'
import { QueryClientProvider } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Redirect, Route, Router, Switch } from 'wouter'
import { queries } from './api.ts'
import { later } from './later.tsx'
import { NotThere } from './screens/not-there.tsx'
import { Boundary } from './ui/boundary.tsx'
import { NoticesHost } from './ui/notices.tsx'
import { ScreenSkeleton } from './ui/page.tsx'
import { Shell } from './ui/shell.tsx'
import { useTheme } from './ui/theme.ts'
import { askBeforeLeaving } from './ui/unsaved.ts'

/** One bundle a screen: the first paint loads only what it shows. */
const Overview = later(async () => (await import('./screens/overview/overview.tsx')).Overview)
const TenantList = later(async () => (await import('./screens/tenants/tenant-list.tsx')).TenantList)
const AddTenant = later(async () => (await import('./screens/tenants/add-tenant.tsx')).AddTenant)
const TenantPage = later(async () => (await import('./screens/tenants/tenant-page.tsx')).TenantPage)
const RunList = later(async () => (await import('./screens/runs/run-list.tsx')).RunList)
const RunPage = later(async () => (await import('./screens/runs/run-page.tsx')).RunPage)
const RecordList = later(async () => (await import('./screens/records/record-list.tsx')).RecordList)
const RecordPage = later(async () => (await import('./screens/records/record-page.tsx')).RecordPage)
const ProductsByGroup = later(
  async () => (await import('./screens/products/products-by-group.tsx')).ProductsByGroup,
)
const Attention = later(async () => (await import('./screens/attention/attention.tsx')).Attention)
const FailurePage = later(async () => (await import('./screens/attention/failure-page.tsx')).FailurePage)
const FirstRun = later(async () => (await import('./screens/first-run/first-run.tsx')).FirstRun)
const Settings = later(async () => (await import('./screens/settings/settings.tsx')).Settings)
const ImportList = later(async () => (await import('./screens/import/import-list.tsx')).ImportList)
const NewImport = later(async () => (await import('./screens/import/new-import.tsx')).NewImport)
const ImportPage = later(async () => (await import('./screens/import/import-page.tsx')).ImportPage)
const Inspector = later(async () => (await import('./screens/inspector/inspector.tsx')).Inspector)
const HarFile = later(async () => (await import('./screens/inspector/file-page.tsx')).HarFile)

/** The screen that an address begins with, so that its code can be fetched before the first paint. */
const firstOf: Readonly<Record<string, { readonly load: () => Promise<void> }>> = {
  '': Overview,
  tenants: TenantList,
  runs: RunList,
  attention: Attention,
  customers: RecordList,
  quotes: RecordList,
  'sales-orders': RecordList,
  products: RecordList,
  'products-by-group': ProductsByGroup,
  start: FirstRun,
  settings: Settings,
  import: ImportList,
  inspector: Inspector,
  requests: Inspector,
}

/** Fetches the code of the screen at this address. */
export async function loadFirst(path: string): Promise<void> {
  await firstOf[path.split('/')[1] ?? '']?.load()
}

const recordPlaces = [
  { path: '/customers', entity: 'customers' },
  { path: '/quotes', entity: 'quotes' },
  { path: '/sales-orders', entity: 'salesOrders' },
  { path: '/products', entity: 'products' },
] as const

export function App() {
  const theme = useTheme()
  return (
    <FluentProvider theme={theme}>
      <QueryClientProvider client={queries}>
        <NoticesHost>
          <Router aroundNav={askBeforeLeaving}>
            <Shell>
              <Boundary>
                <Suspense fallback={<ScreenSkeleton />}>
                  <Screens />
                </Suspense>
              </Boundary>
            </Shell>
          </Router>
        </NoticesHost>
      </QueryClientProvider>
    </FluentProvider>
  )
}

function Screens() {
  return (
    <Switch>
      <Route path="/">
        <Overview />
      </Route>
      <Route path="/index.html">
        <Redirect to="/" replace />
      </Route>
      <Route path="/tenants">
        <TenantList />
      </Route>
      <Route path="/tenants/new">
        <AddTenant />
      </Route>
      <Route path="/tenants/:id/:tab?">{({ id, tab }) => <TenantPage key={id} id={id} tab={tab} />}</Route>
      {recordPlaces.map(({ path, entity }) => (
        <Route key={path} path={path}>
          <RecordList key={entity} entity={entity} />
        </Route>
      ))}
      {recordPlaces.map(({ path, entity }) => (
        <Route key={`${path}/`} path={`${path}/:tenantId/:commerceId`}>
          {({ tenantId, commerceId }) => (
            <RecordPage entity={entity} tenantId={tenantId ?? ''} commerceId={commerceId ?? ''} />
          )}
        </Route>
      ))}
      <Route path="/products-by-group">
        <ProductsByGroup />
      </Route>
      <Route path="/start/:id?/:step?">{({ id, step }) => <FirstRun key={id} id={id} step={step} />}</Route>
      <Route path="/settings/:section?">{({ section }) => <Settings section={section} />}</Route>
      <Route path="/runs">
        <RunList />
      </Route>
      <Route path="/runs/:id">{({ id }) => <RunPage key={id} id={id} />}</Route>
      <Route path="/attention">
        <Attention />
      </Route>
      <Route path="/attention/:id">{({ id }) => <FailurePage key={id} id={id} />}</Route>
      <Route path="/inspector">
        <Inspector />
      </Route>
      <Route path="/inspector/file">
        <HarFile />
      </Route>
      <Route path="/import">
        <ImportList />
      </Route>
      <Route path="/import/new">
        <NewImport />
      </Route>
      <Route path="/import/:id/:step?">{({ id, step }) => <ImportPage key={id} id={id} step={step} />}</Route>
      <Route path="/requests/:id">{({ id }) => <Redirect to={`/inspector?id=${id}`} replace />}</Route>
      <Route>
        <NotThere />
      </Route>
    </Switch>
  )
}
