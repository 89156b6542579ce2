// Keeps the fault of one panel inside it: the others go on, and the Play with them.
'use client'
import { Component, type ReactNode } from 'react'
import { Button } from './Button'
import { Fault } from './Fault'

export interface BoundaryProps {
  /** What broke, as the beginning of a sentence: "The chart". */
  readonly what: string
  readonly children: ReactNode
}

interface State {
  readonly error: Error | null
}

/** React knows boundaries as classes only. */
export class Boundary extends Component<BoundaryProps, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { what, children } = this.props
    const { error } = this.state
    if (error === null) return children
    return (
      <div className="h-full min-h-0 overflow-y-auto bg-panel p-3">
        <Fault
          title={`${what} broke`}
          action={<Button onClick={() => this.setState({ error: null })}>Draw it again</Button>}
        >
          <p>{error.message}</p>
          <p>This is a bug in Playloom. The Play is as you left it, and the other panels go on.</p>
        </Fault>
      </div>
    )
  }
}
