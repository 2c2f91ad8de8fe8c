import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components'
import { Bookmark16Regular } from '@fluentui/react-icons'
import { type FormEvent, useState } from 'react'
import { savedFilters } from '../../../app/model/inspector/suggest.ts'

type Saved = { readonly name: string; readonly line: string }
const key = 'inspector/filters'

/** Filters by name: those that everybody has, and a person's own, kept by this browser. */
export function SavedFilters({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [own, setOwn] = useState(remembered)
  const [isNaming, setNaming] = useState(false)
  const keep = (next: readonly Saved[]): void => {
    localStorage.setItem(key, JSON.stringify(next))
    setOwn(next)
  }
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" icon={<Bookmark16Regular />}>
            Saved
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {[...savedFilters, ...own].map(({ name, line }) => (
              <MenuItem key={name} secondaryContent={line} onClick={() => onChange(line)}>
                {name}
              </MenuItem>
            ))}
            <MenuDivider />
            <MenuItem disabled={q === ''} onClick={() => setNaming(true)}>
              Save this filter ...
            </MenuItem>
            {own.map(({ name }) => (
              <MenuItem key={name} onClick={() => keep(own.filter((each) => each.name !== name))}>
                Forget “{name}”
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {isNaming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onName={(name) => keep([...own.filter((each) => each.name !== name), { name, line: q }])}
        />
      )}
    </>
  )
}

function NameDialog({ onClose, onName }: { onClose: () => void; onName: (name: string) => void }) {
  const [name, setName] = useState('')
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() === '') return
    onName(name.trim())
    onClose()
  }
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <form onSubmit={save}>
          <DialogBody>
            <DialogTitle>Save this filter</DialogTitle>
            <DialogContent>
              <Field label="Name">
                <Input value={name} maxLength={60} onChange={(_, { value }) => setName(value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button type="submit" appearance="primary" disabled={name.trim() === ''}>
                Save
              </Button>
              <Button onClick={onClose}>Cancel</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}

function remembered(): readonly Saved[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isSaved) : []
  } catch {
    // Written by something else: begun anew.
    return []
  }
}

const isSaved = (one: unknown): one is Saved =>
  typeof one === 'object' &&
  one !== null &&
  'name' in one &&
  typeof one.name === 'string' &&
  'line' in one &&
  typeof one.line === 'string'
