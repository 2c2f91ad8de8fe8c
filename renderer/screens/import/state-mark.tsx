import {
  ArrowSync16Regular,
  ArrowUndo16Regular,
  CheckmarkCircle16Filled,
  Circle16Regular,
  Warning16Filled,
} from '@fluentui/react-icons'
import { Mark } from '../../ui/mark.tsx'
import type { ImportBrief } from './asks.ts'
import { stateWords } from './words.ts'

const icons = {
  draft: <Circle16Regular />,
  running: <ArrowSync16Regular />,
  begun: <Warning16Filled />,
  done: <CheckmarkCircle16Filled />,
  undoing: <ArrowSync16Regular />,
  'half-undone': <Warning16Filled />,
  undone: <ArrowUndo16Regular />,
}

/** How far an import is. */
export function StateMark({ state }: { state: ImportBrief['state'] }) {
  const { word, tone } = stateWords[state]
  return (
    <Mark tone={tone} icon={icons[state]}>
      {word}
    </Mark>
  )
}
