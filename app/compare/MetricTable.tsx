// Figures of two runs side by side, with their difference; no figure where there is not enough to stand on.
'use client'
import { Scrolled } from '../results/Scrolled'
import { type Cell, type Compared, metricLines } from './compare'

const Figure = ({ cell: { text, about, quiet } }: { cell: Cell }) => (
  <td
    title={about === '' ? undefined : about}
    className={`px-2 text-right whitespace-nowrap ${quiet ? 'text-3' : 'text-1'}`}
  >
    {text}
  </td>
)

export const MetricTable = ({ compared }: { compared: Compared }) => (
  <Scrolled label="Figures of both runs">
    <table className="w-full">
      <caption className="sr-only">Figures before, after, and their difference</caption>
      <thead className="sticky top-0 bg-panel text-11 text-3 shadow-[inset_0_-1px_0_var(--line-1)]">
        <tr className="h-9">
          <th scope="col" className="px-3 text-left font-semibold text-1">
            Figures
          </th>
          <th scope="col" className="px-2 text-right font-medium">
            Before
          </th>
          <th scope="col" className="px-2 text-right font-medium">
            After
          </th>
          <th scope="col" className="px-3 text-right font-medium">
            Difference
          </th>
        </tr>
      </thead>
      <tbody>
        {metricLines(compared).map(({ label, unit, before, after, difference }) => (
          <tr key={label} className="h-6.5 border-b border-line-1">
            <th scope="row" className="px-3 text-left font-normal md:whitespace-nowrap">
              {label} {unit !== '' && <span className="text-11 text-3">{unit}</span>}
            </th>
            <Figure cell={before} />
            <Figure cell={after} />
            <td className="px-3 text-right whitespace-nowrap text-2">{difference}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scrolled>
)
