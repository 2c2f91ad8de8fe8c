import { Button } from '@fluentui/react-components'
import { Component, type ReactNode } from 'react'
import { fault } from '../../app/model/fault.ts'
import { Trouble } from './trouble.tsx'

type State = { readonly error: unknown; readonly hasFailed: boolean }

/** A bug in one screen is shown in its place; the navigation stays, and another try is one click away. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null, hasFailed: false }

  static getDerivedStateFromError(error: unknown): State {
    return { error, hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    const { error } = this.state
    return (
      <div style={{ padding: 24 }}>
        <Trouble
          fault={fault('bug', {
            raw: error instanceof Error ? (error.stack ?? error.message) : String(error),
          })}
          actions={
            <Button size="small" onClick={() => window.location.reload()}>
              Load this screen again
            </Button>
          }
        />
      </div>
    )
  }
}
