import { Button, ToggleButton } from '@fluentui/react-components'
import {
  ArrowDownload16Regular,
  FolderOpen16Regular,
  Pause16Regular,
  Play16Regular,
  Settings16Regular,
  TextBulletListSquare16Regular,
} from '@fluentui/react-icons'
import { useLocation } from 'wouter'
import { plural } from '../../ui/format.ts'
import css from './inspector.module.css'
import type { Live } from './live.ts'

type ActionProps = {
  readonly isGrouped: boolean
  readonly onGroup: (isGrouped: boolean) => void
  readonly onSave: (what: 'har' | 'report') => void
  readonly onKeep: () => void
}

/** What can be done with the list as a whole. */
export function Actions({ isGrouped, onGroup, onSave, onKeep }: ActionProps) {
  const [, go] = useLocation()
  return (
    <>
      <ToggleButton
        size="small"
        icon={<TextBulletListSquare16Regular />}
        checked={isGrouped}
        onClick={() => onGroup(!isGrouped)}
      >
        By cause
      </ToggleButton>
      <Button
        size="small"
        icon={<ArrowDownload16Regular />}
        title="The requests that are selected, else all that fit the filter (Ctrl+E)"
        onClick={() => onSave('har')}
      >
        Save HAR
      </Button>
      <Button size="small" onClick={() => onSave('report')}>
        Report ...
      </Button>
      <Button
        size="small"
        icon={<FolderOpen16Regular />}
        title="A HAR file of this program or of a browser, read only"
        onClick={() => go('/inspector/file')}
      >
        Open HAR
      </Button>
      <Button size="small" icon={<Settings16Regular />} onClick={onKeep}>
        What is kept
      </Button>
    </>
  )
}

/** Live, paused, or how many came since. */
export function LiveMark({ live }: { live: Live }) {
  return (
    <span className={css.live}>
      <Button
        size="small"
        appearance="subtle"
        icon={live.isPaused ? <Play16Regular /> : <Pause16Regular />}
        onClick={() => live.setPaused(!live.isPaused)}
      >
        {live.isPaused ? 'Go on' : 'Pause'}
      </Button>
      <span className="quiet">{live.isPaused ? 'Paused' : 'Live'}</span>
      {live.fresh > 0 && (
        <Button size="small" shape="circular" onClick={live.catchUp}>
          {plural(live.fresh, 'new', 'new')}
        </Button>
      )}
    </span>
  )
}
