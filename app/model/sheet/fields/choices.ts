import type { SheetChoice } from '../field-type.ts'

const choice = (value: number, word: string, ...also: string[]): SheetChoice => ({ value, word, also })

/** Commerce's own numbers (apis.md §1.5). */
export const quoteStatuses = [
  choice(0, 'Draft', 'open', 'new'),
  choice(1, 'Sent'),
  choice(2, 'Viewed'),
  choice(3, 'Won', 'accepted', 'ordered', 'closed won'),
  choice(4, 'Pending approval', 'pendingapproval', 'pending'),
  choice(5, 'Approved'),
  choice(90, 'Declined', 'lost', 'rejected', 'closed lost'),
]
export const orderStatuses = [
  choice(1, 'Draft', 'open', 'new'),
  choice(2, 'Approved', 'confirmed'),
  choice(3, 'Processed', 'completed', 'complete', 'shipped', 'closed'),
  choice(90, 'Cancelled', 'canceled', 'void'),
]
/** Commerce's numbers, and -1 for what is paid once. */
export const periods = [
  choice(-1, 'One-off', 'once', 'one off', 'one time', 'onetime', 'none', 'no'),
  choice(0, 'Monthly', 'month', 'per month', 'mth'),
  choice(1, 'Quarterly', 'quarter', 'per quarter'),
  choice(2, 'Yearly', 'year', 'annual', 'annually', 'per year'),
]
