import {
  ArrowSync16Regular,
  ArrowUp16Regular,
  Clock16Regular,
  HardDrive16Regular,
  Server16Regular,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { type Answers, api, type TenantView, useAsk } from '../../api.ts'
import { bytes, duration } from '../../ui/format.ts'
import type { Tone } from '../../ui/mark.tsx'
import { Time } from '../../ui/time.tsx'
import css from './overview.module.css'

type Status = Answers['status']['get']
type Note = { readonly id: string; readonly tone: Tone; readonly icon: ReactNode; readonly text: ReactNode }

/** What is worth knowing of the engine now: what runs, who works, and what could spoil the work. */
export function Strip({ tenants }: { tenants: readonly TenantView[] }) {
  const { data } = useAsk(['status.get'], (signal) => api.status.get.query(undefined, { signal }))
  const live = useAsk(['runs.live'], (signal) => api.runs.live.query(undefined, { signal })).data ?? []
  const nameOf = (id: number) => tenants.find(({ tenant }) => tenant.id === id)?.tenant.name ?? ''
  if (!data) return <ul className={css.strip} />
  const running = live.map(({ runId, tenantId }) => runningNow(runId, nameOf(tenantId)))
  return (
    <ul className={css.strip} aria-label="The engine">
      {[...running, ...notesOf(data)].map(({ id, tone, icon, text }) => (
        <li key={id} data-tone={tone} className={tone === 'quiet' ? `${css.note} quiet` : css.note}>
          {icon}
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}

function notesOf({ mode, owner, update, disk, clockJump }: Status): readonly Note[] {
  const who = mode === 'service' ? 'The service' : 'The desktop program'
  return [
    {
      id: 'owner',
      tone: 'quiet',
      icon: <Server16Regular />,
      text: `${who} on ${owner.host} (process ${owner.pid}) does the work`,
    },
    ...(disk?.isLow ? [lowDisk(disk.freeBytes)] : []),
    ...(clockJump ? [jumped(clockJump)] : []),
    ...(update ? [newer(update)] : []),
  ]
}

const runningNow = (runId: number, name: string): Note => ({
  id: `run-${runId}`,
  tone: 'busy',
  icon: <ArrowSync16Regular />,
  text: <Link href={`/runs/${runId}`}>Running now: {name}</Link>,
})

const lowDisk = (freeBytes: number): Note => ({
  id: 'disk',
  tone: 'needs',
  icon: <HardDrive16Regular />,
  text: `Only ${bytes(freeBytes)} free on the disk of the data folder: free some space, or syncs will stop`,
})

const newer = (version: string): Note => ({
  id: 'update',
  tone: 'busy',
  icon: <ArrowUp16Regular />,
  text: <Link href="/settings/updates">Version {version} can be had</Link>,
})

const jumped = ({ at, byMs }: NonNullable<Status['clockJump']>): Note => ({
  id: 'clock',
  tone: 'heals',
  icon: <Clock16Regular />,
  text: (
    <>
      The computer’s clock went {byMs < 0 ? 'back' : 'forward'} by {duration(Math.abs(byMs))} <Time at={at} />
      {byMs > 0 && ' (or it slept)'}; what is due goes by the new time
    </>
  ),
})
