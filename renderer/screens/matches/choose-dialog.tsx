import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { Building16Regular, PersonAdd16Regular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { answered, api, useAsk } from '../../api.ts'
import { Combo } from '../../palette/combo.tsx'
import type { MatchRow } from './asks.ts'
import type { Client } from './choice.ts'
import css from './matches.module.css'
import { whyOf } from './words.ts'

type ChooseProps = {
  readonly tenantId: number
  readonly row: MatchRow
  readonly onChoose: (client: Client) => void
  readonly onNew: (isNew: boolean) => void
  readonly onClose: () => void
}

/** Which client a customer is: one of those that look like it, any other without a link, or none. */
export function ChooseDialog({ tenantId, row, onChoose, onNew, onClose }: ChooseProps) {
  const [text, setText] = useState('')
  const others = useOthers(tenantId, text, row)
  const needle = text.trim().toLowerCase()
  const proposed = row.candidates.filter(({ name, number }) =>
    `${name} ${number}`.toLowerCase().includes(needle),
  )
  const choiceOf = (client: Client, hint: string) => ({
    id: String(client.haloId),
    icon: <Building16Regular />,
    name: client.number ? `${client.name} (${client.number})` : client.name,
    hint,
    act: () => onChoose(client),
  })
  const newOne = {
    id: 'new',
    icon: <PersonAdd16Regular />,
    name: row.isNew ? 'It may be one of them after all' : 'None of them: it is new',
    hint: row.isNew ? 'Decide later' : 'The next sync makes it',
    act: () => onNew(!row.isNew),
  }
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface aria-describedby={undefined}>
        <DialogBody>
          <DialogTitle>Which client is {row.name}?</DialogTitle>
          <DialogContent className={css.dialog}>
            <p className="quiet">
              {[row.number && `Number ${row.number}`, ...row.domains].filter(Boolean).join(', ') ||
                'Commerce has neither a number nor an e-mail address of it.'}
            </p>
            <div className={css.combo}>
              <Combo
                label={`Client for ${row.name}`}
                placeholder="Find a client by name, number or domain"
                text={text}
                onText={setText}
                hasFocusAtFirst
                onEscape={onClose}
                groups={[
                  { title: 'Look like it', choices: proposed.map((one) => choiceOf(one, whyOf(one))) },
                  { title: 'New', choices: [newOne] },
                  { title: 'Other clients without a link', choices: others.map((one) => choiceOf(one, '')) },
                ]}
              />
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

/** After the last key. */
const typingMs = 150

/** Clients that contain the text, besides those that are proposed. */
function useOthers(tenantId: number, text: string, { candidates }: MatchRow): readonly Client[] {
  const [search, setSearch] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), typingMs)
    return () => clearTimeout(timer)
  }, [text])
  const { data } = useAsk(['matches.clients', tenantId, search], async (signal) =>
    answered(await api.matches.clients.query({ tenantId, search }, { signal })),
  )
  return (data ?? []).filter(({ haloId }) => candidates.every((one) => one.haloId !== haloId))
}
