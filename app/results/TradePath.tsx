// What a trade made, and the path of its order fill by fill: told from the report alone.
'use client'
import type { TradeRow } from '../../blocks/engine/report/document'
import { useView } from '../workbench/view'
import { moment, time } from './format'
import type { TradeStep, TradeSum } from './tradeSteps'

const Step = ({ step }: { step: TradeStep }) => (
  <li>
    <button
      type="button"
      onClick={() => useView.setState({ cursorMs: step.ms, goTo: { ms: step.ms } })}
      title={`Show ${time(step.ms)} on the chart`}
      className="grid w-full grid-cols-[1fr_auto] gap-x-2 px-3 py-0.5 text-left hover:bg-hover"
    >
      <span className="text-1">{step.title}</span>
      <span className="text-right whitespace-nowrap text-1">{step.text}</span>
      <span className="text-11 leading-4 text-3">{step.detail}</span>
      <span className="text-right text-11 leading-4 whitespace-nowrap text-3">{moment(step.ms)}</span>
    </button>
  </li>
)

/** In columns as wide as the words, so that all six stand in two lines where there is room. */
export const TradeSums = ({ sums }: { sums: readonly TradeSum[] }) => (
  <dl
    aria-label="What it made"
    className="grid flex-none grid-cols-[repeat(auto-fit,minmax(150px,1fr))] gap-x-4 gap-y-1 border-b border-line-1 bg-panel px-3 py-2"
  >
    {sums.map(({ label, text, about }) => (
      <div key={label} title={about} className="flex items-baseline justify-between gap-2 whitespace-nowrap">
        <dt className="text-11 text-3">{label}</dt>
        <dd className="text-11 text-1">{text}</dd>
      </div>
    ))}
  </dl>
)

export const TradePath = ({ trade, steps }: { trade: TradeRow; steps: readonly TradeStep[] }) => (
  <>
    <ol>
      {steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two fills may share time and title, and their order is fixed
        <Step key={i} step={step} />
      ))}
    </ol>
    {trade.ambiguous && (
      <p className="px-3 pt-2 text-11 text-warn">
        Stop and target lay inside the same bar: the worse one was taken. It may have ended better.
      </p>
    )}
  </>
)
