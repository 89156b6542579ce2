// Nothing here yet: what will be, and the one button that brings it.
import type { ReactNode } from 'react'

export interface EmptyProps {
  readonly icon?: ReactNode
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}

export const Empty = ({ icon, title, children, action }: EmptyProps) => (
  <div className="flex flex-col items-center rounded-card border border-dashed border-line-2 p-4 text-center">
    {icon !== undefined && <div className="mb-1.5 text-3">{icon}</div>}
    <b>{title}</b>
    {children !== undefined && <div className="mt-0.5 text-11 leading-4 text-3">{children}</div>}
    {action !== undefined && <div className="mt-2.5">{action}</div>}
  </div>
)
