import { PlugDisconnected20Regular } from '@fluentui/react-icons'
import { useConnection } from '../connection.ts'
import { duration } from './format.ts'
import css from './lost.module.css'
import { useSecond } from './now.ts'

/** The banner while the engine does not answer. What was typed stays; it goes away by itself. */
export function Lost() {
  const connection = useConnection()
  return (
    <div role="alert" className={css.place}>
      {connection.state === 'lost' && (
        <div className={css.banner}>
          <PlugDisconnected20Regular aria-hidden="true" />
          <span>
            <strong>The engine does not answer.</strong> What you see is from <Since at={connection.since} />.
            Trying again all the time; nothing that you typed is lost.
          </span>
        </div>
      )}
      {connection.state === 'signed-out' && (
        <div className={css.banner}>
          <PlugDisconnected20Regular aria-hidden="true" />
          <span>
            <strong>This window is no longer signed in.</strong> Open the address that the program printed
            when it started, or open the program from the tray.
          </span>
        </div>
      )}
    </div>
  )
}

function Since({ at }: { at: number }) {
  const now = useSecond()
  return <span>{duration(Math.max(1_000, now - at))} ago</span>
}
