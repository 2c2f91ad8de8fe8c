import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { PeopleTeam16Regular } from '@fluentui/react-icons'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { answered, api, queries, useAsk } from '../api.ts'
import css from './alike.module.css'
import { plural } from './format.ts'

type When = 'always' | 'first sync'

const askAlike = (tenantId: number, when: When) => ({
  queryKey: ['matches.alike', tenantId, when],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    answered(await api.matches.alike.query({ tenantId, when }, { signal })).customers,
})

const wordsOf = (customers: number): string =>
  `${plural(customers, 'customer')} ${customers === 1 ? 'looks like a client' : 'look like clients'} that Halo has already. ` +
  `Match ${customers === 1 ? 'it' : 'them'} first, or ${customers === 1 ? 'it' : 'they'} will be made twice.`

/** Says when customers look like clients that Halo has, with the way to where they are matched; nothing while that is not known, or not so. */
export function AlikeNote({ tenantId }: { tenantId: number }) {
  const [, go] = useLocation()
  const { queryKey, queryFn } = askAlike(tenantId, 'always')
  const { data: customers } = useAsk(queryKey, (signal) => queryFn({ signal }))
  if (!customers) return null
  return (
    <div className={css.note}>
      <span className={css.icon} aria-hidden="true">
        <PeopleTeam16Regular />
      </span>
      <p>{wordsOf(customers)}</p>
      <Button size="small" onClick={() => go(`/tenants/${tenantId}/match`)}>
        {customers === 1 ? 'Match it' : 'Match them'}
      </Button>
    </div>
  )
}

/** Asked before a tenant's first sync: whether customers are matched first. Where Halo cannot be asked, the sync itself will say so. */
export function useAlikeQuestion(tenantId: number): {
  readonly ask: (begin: () => Promise<void>) => Promise<void>
  readonly isAsking: boolean
  readonly question: ReactNode
} {
  const [, go] = useLocation()
  const [isAsking, setAsking] = useState(false)
  const [asked, setAsked] = useState<{ customers: number; begin: () => Promise<void> } | null>(null)
  const ask = async (begin: () => Promise<void>): Promise<void> => {
    setAsking(true)
    const customers = await queries
      .fetchQuery({ ...askAlike(tenantId, 'first sync'), staleTime: 0 })
      .catch(() => 0)
    setAsking(false)
    if (customers > 0) setAsked({ customers, begin })
    else await begin()
  }
  const close = (): void => setAsked(null)
  const question = asked && (
    <Dialog open modalType="alert" onOpenChange={close}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Match customers first?</DialogTitle>
          <DialogContent>
            <p>{wordsOf(asked.customers)}</p>
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              className={css.button}
              onClick={() => {
                close()
                go(`/tenants/${tenantId}/match`)
              }}
            >
              {asked.customers === 1 ? 'Match it' : 'Match them'}
            </Button>
            <Button
              className={css.button}
              onClick={() => {
                close()
                void asked.begin()
              }}
            >
              Go on without
            </Button>
            <Button onClick={close}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
  return { ask, isAsking, question }
}
