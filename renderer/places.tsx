import {
  ArrowSwap20Regular,
  Box20Regular,
  Building20Regular,
  Cart20Regular,
  DocumentText20Regular,
  History20Regular,
  Home20Regular,
  People20Regular,
  Settings20Regular,
  TableArrowUp20Regular,
  Warning20Regular,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'

export type Place = {
  readonly to: string
  readonly name: string
  readonly icon: ReactNode
  /** Other words by which somebody may look for it. */
  readonly words: string
  /** Where its records have their own addresses, when that is not below `to`. */
  readonly under?: string
}

/** The screens in the order of the navigation, in groups. Only what exists stands here. */
export const places: readonly (readonly Place[])[] = [
  [
    { to: '/', name: 'Overview', icon: <Home20Regular />, words: 'home start dashboard' },
    { to: '/tenants', name: 'Tenants', icon: <Building20Regular />, words: 'connections commerce' },
  ],
  [
    { to: '/customers', name: 'Customers', icon: <People20Regular />, words: 'clients' },
    { to: '/quotes', name: 'Quotes', icon: <DocumentText20Regular />, words: 'quotations' },
    { to: '/sales-orders', name: 'Sales orders', icon: <Cart20Regular />, words: '' },
    {
      to: '/products-by-group',
      name: 'Products by group',
      icon: <Box20Regular />,
      words: 'items sku product groups',
      under: '/products',
    },
  ],
  [
    { to: '/runs', name: 'Runs', icon: <History20Regular />, words: 'syncs history timeline' },
    {
      to: '/attention',
      name: 'Needs attention',
      icon: <Warning20Regular />,
      words: 'issues failures errors',
    },
    {
      to: '/import',
      name: 'Import',
      icon: <TableArrowUp20Regular />,
      words: 'spreadsheet excel xlsx csv historic upload template wizard',
    },
    {
      to: '/inspector',
      name: 'API inspector',
      icon: <ArrowSwap20Regular />,
      words: 'requests exchanges devtools network har f12',
      under: '/requests',
    },
  ],
  [
    {
      to: '/settings',
      name: 'Settings',
      icon: <Settings20Regular />,
      words: 'options network proxy log updates appearance theme secrets about',
    },
  ],
]
