import {
  Add20Regular,
  ArrowSync20Regular,
  Building20Regular,
  ClipboardPaste20Regular,
  DarkTheme20Regular,
  Eye20Regular,
  Keyboard20Regular,
  Pause20Regular,
  Play20Regular,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Tenant } from '../../app/model/tenant.ts'
import { api, faultOf, queries, useAsk } from '../api.ts'
import { places } from '../places.tsx'
import { useCopy } from '../ui/copy.ts'
import { useTenants } from '../ui/filters.tsx'
import { useNotices } from '../ui/notices.tsx'
import { chooseLook, looks } from '../ui/theme.ts'
import { lookWords } from '../words.ts'
import type { Findable } from './match.ts'
import { openOver } from './open.ts'

export type Command = Findable & { readonly id: string; readonly icon: ReactNode; readonly act: () => void }
const hourMs = 3_600_000

/** All that the palette can do besides finding records: screens, tenants, and what a person often does. */
export function useCommands(): Readonly<Record<'screens' | 'tenants' | 'actions', readonly Command[]>> {
  const [, go] = useLocation()
  const tenants = useTenants()
  const general = useGeneral()
  const ofTenant = useTenantActions()
  return {
    screens: places
      .flat()
      .map(({ to, name, icon, words }) => ({ id: to, name, icon, words, act: () => go(to) })),
    tenants: tenants.map(({ id, name, instanceUrl }) => ({
      id: `tenant-${id}`,
      name,
      words: `tenant ${instanceUrl}`,
      icon: <Building20Regular />,
      act: () => go(`/tenants/${id}`),
    })),
    actions: [...tenants.flatMap(ofTenant), ...general],
  }
}

function useTenantActions(): (tenant: Tenant) => readonly Command[] {
  const [, go] = useLocation()
  const notices = useNotices()
  const start = async (tenantId: number, kind: 'sync' | 'preview'): Promise<void> => {
    try {
      const begun = await api.runs.start.mutate({ tenantId, kind })
      if (begun.ok) go(`/runs/${begun.value.runId}`)
      else notices.trouble(begun.fault)
    } catch (error) {
      notices.trouble(faultOf(error))
    }
  }
  const pause = async (id: number, pausedUntil: string | null, done: string): Promise<void> => {
    try {
      notices.tell(await api.tenants.update.mutate({ id, patch: { pausedUntil } }), done)
      await queries.invalidateQueries({ queryKey: ['tenants.get', id] })
    } catch (error) {
      notices.trouble(faultOf(error))
    }
  }
  return ({ id, name, isEnabled, pausedUntil }) => {
    const preview: Command = {
      id: `preview-${id}`,
      name: `Preview: ${name}`,
      words: 'dry run diff what would change',
      icon: <Eye20Regular />,
      act: () => void start(id, 'preview'),
    }
    if (!isEnabled) return [preview]
    const isPaused = pausedUntil !== null && Date.parse(pausedUntil) > Date.now()
    return [
      {
        id: `sync-${id}`,
        name: `Sync now: ${name}`,
        words: 'run start',
        icon: <ArrowSync20Regular />,
        act: () => void start(id, 'sync'),
      },
      preview,
      isPaused
        ? {
            id: `resume-${id}`,
            name: `Resume: ${name}`,
            words: 'pause go on',
            icon: <Play20Regular />,
            act: () => void pause(id, null, `Scheduled syncs of ${name} go on.`),
          }
        : {
            id: `pause-${id}`,
            name: `Pause for 1 hour: ${name}`,
            words: 'stop wait',
            icon: <Pause20Regular />,
            act: () =>
              void pause(id, new Date(Date.now() + hourMs).toISOString(), `${name} is paused for an hour.`),
          },
    ]
  }
}

function useGeneral(): readonly Command[] {
  const [, go] = useLocation()
  const copy = useCopy()
  const status = useAsk(['status.get'], (signal) => api.status.get.query(undefined, { signal })).data
  const copies = (what: string, path: string | undefined): readonly Command[] =>
    path === undefined
      ? []
      : [
          {
            id: `copy-${what}`,
            name: `Copy the path of the ${what} folder`,
            words: `open ${path}`,
            icon: <ClipboardPaste20Regular />,
            act: () => void copy(path, `The path of the ${what} folder is copied: ${path}`),
          },
        ]
  return [
    {
      id: 'add',
      name: 'Add tenant',
      words: 'new connect first',
      icon: <Add20Regular />,
      act: () => go('/start'),
    },
    ...looks.map((look) => ({
      id: `look-${look}`,
      name: `Appearance: ${lookWords[look].word}`,
      words: 'theme switch colours light dark contrast mode',
      icon: <DarkTheme20Regular />,
      act: () => chooseLook(look),
    })),
    ...copies('log', status?.logFolder),
    ...copies('data', status?.dataFolder),
    {
      id: 'keys',
      name: 'Keyboard help',
      words: 'shortcuts keys f1',
      icon: <Keyboard20Regular />,
      act: () => openOver('keys'),
    },
  ]
}
