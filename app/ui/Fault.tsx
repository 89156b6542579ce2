// Something did not work: what, where, what to do, and what was left unchanged.
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export interface FaultProps {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}

export const Fault = ({ title, children, action }: FaultProps) => (
  <div role="alert" className="rounded-card border border-neg-line bg-neg-bg p-4">
    <div className="flex items-center gap-[7px] text-neg">
      <CircleAlert size={14} className="flex-none" aria-hidden />
      <b>{title}</b>
    </div>
    {children !== undefined && <div className="mt-1 text-11 leading-4 text-2">{children}</div>}
    {action !== undefined && <div className="mt-2">{action}</div>}
  </div>
)
