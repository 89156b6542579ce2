// The table of what a series consists of: its head stands while its rows scroll.
import type { ReactNode } from 'react'

export const partsRow = 'h-[26px] border-t border-line-1 text-2 first:border-0'

export const PartsTable = ({ heads, children }: { heads: ReactNode; children: ReactNode }) => (
  <table className="w-full table-fixed text-12 tabular-nums">
    <thead className="sticky top-0 bg-panel">
      <tr className="h-[26px] text-left text-11 text-3 [&>th]:font-normal [&>th]:shadow-[inset_0_-1px_0_var(--line-1)]">
        {heads}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)
