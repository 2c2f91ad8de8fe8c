import type { ShellFacts } from './facts.ts'

/** Who has been told what. Pure: the next state and what to say now follow from the state and the facts. */
type NoticeState = ReadonlySet<number>
type Notice = {
  readonly tenantId: number
  readonly kind: 'failing' | 'recovered'
  readonly title: string
  readonly body: string
}

export const nobodyTold: NoticeState = new Set()

/**
 * Says when a tenant starts failing and when it is good again: once each, however many runs lie between. A tenant that failed once and may
 * heal by itself (shaky) changes nothing either way; one that was switched off or removed is forgotten without a word.
 */
export function noticesFor(
  told: NoticeState,
  facts: ShellFacts,
): { told: NoticeState; notices: readonly Notice[] } {
  if (!facts.isReachable) return { told, notices: [] }
  const active = facts.tenants.filter((tenant) => tenant.isEnabled)
  const next = new Set<number>()
  const notices: Notice[] = []
  for (const { id, name, state, needsYou } of active) {
    const wasTold = told.has(id)
    if (state === 'failing' || (state === 'shaky' && wasTold)) next.add(id)
    if (state === 'failing' && !wasTold)
      notices.push({ tenantId: id, kind: 'failing', title: `${name} needs you`, body: failingText(needsYou) })
    if (state === 'good' && wasTold)
      notices.push({
        tenantId: id,
        kind: 'recovered',
        title: `${name} works again`,
        body: 'The last sync went well.',
      })
  }
  return { told: next, notices }
}

function failingText(needsYou: number): string {
  if (needsYou === 0) return 'Its syncs stop before they are done. Open the program to see why.'
  return `${needsYou} ${needsYou === 1 ? 'record waits' : 'records wait'} for you. Open the program to see why.`
}
