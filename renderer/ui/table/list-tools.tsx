import {
  Button,
  Menu,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components'
import { ArrowDownload20Regular, ColumnTriple20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Column } from './column.ts'
import { ExportDialog, type Walk } from './export-dialog.tsx'

type ListToolsProps<T> = {
  /** Names the file. */
  readonly name: string
  readonly columns: readonly Column<T>[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  /** null while it is not known. */
  readonly total: number | null
  /** All rows of the list as it is filtered and sorted. */
  readonly walk: Walk<T>
}

/** What every long list has: which columns are shown, and the whole list as a file. */
export function ListTools<T>({ name, columns, hidden, onToggle, total, walk }: ListToolsProps<T>) {
  const [isExporting, setExporting] = useState(false)
  return (
    <>
      <ColumnChoice columns={columns} hidden={hidden} onToggle={onToggle} />
      <Button
        size="small"
        appearance="subtle"
        icon={<ArrowDownload20Regular />}
        disabled={!total}
        onClick={() => setExporting(true)}
      >
        Export CSV
      </Button>
      {isExporting && (
        <ExportDialog
          name={name}
          columns={columns}
          hidden={hidden}
          total={total ?? 0}
          walk={walk}
          onClose={() => setExporting(false)}
        />
      )}
    </>
  )
}

type ColumnChoiceProps = {
  readonly columns: readonly { readonly id: string; readonly title: string }[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
}

/** Which columns are shown; the first always is. */
export function ColumnChoice({ columns, hidden, onToggle }: ColumnChoiceProps) {
  const shown = columns.filter(({ id }) => !hidden.has(id)).map(({ id }) => id)
  return (
    <Menu
      checkedValues={{ columns: shown }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const changed = columns.find(({ id }) => checkedItems.includes(id) !== shown.includes(id))
        if (changed) onToggle(changed.id)
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" appearance="subtle" icon={<ColumnTriple20Regular />}>
          Columns
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {columns.slice(1).map(({ id, title }) => (
            <MenuItemCheckbox key={id} name="columns" value={id}>
              {title}
            </MenuItemCheckbox>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
