// A card of the sheet.
import type { ReactNode } from 'react'

export const Section = ({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) => (
  <section className="rounded-card border border-line-1 bg-panel px-4 pt-3.5 pb-4">
    <div className="mb-2.5 flex items-baseline gap-2">
      <h2 className="text-13 leading-5 font-semibold text-1">{title}</h2>
      {hint !== undefined && <span className="text-11 text-3">{hint}</span>}
    </div>
    {children}
  </section>
)
