// The parameters of the Play and their rules in one line: each opens where it is named, ranged and ruled.
'use client'
import { CircleAlert, SlidersHorizontal, X } from 'lucide-react'
import { rulesOf } from '../document/edits/params'
import { Popover } from '../ui/Popover'
import { useDocument } from '../workbench/session'
import { type FieldView, searchOf } from './fields'
import { OwnKeys } from './OwnKeys'
import { ParamForm } from './ParamForm'
import { useScene } from './scene'
import { strip } from './strip'
import { useParamFaults } from './useParamFaults'
import { inSentence, literalWords, titleOf } from './words'

const chip =
  'nodrag nopan flex h-5 items-center gap-1.5 rounded-[4px] border border-line-2 bg-inset px-1.5 whitespace-nowrap hover:border-line-3 data-[state=open]:border-you'
const wrong = 'border-neg-line'

const ParamChip = ({ field, param }: { field: FieldView; param: NonNullable<FieldView['param']> }) => {
  const { name, tree } = param
  const { min, max, choices } = tree
  const [fault] = useParamFaults(name)
  const tried =
    choices !== undefined
      ? choices.map(literalWords).join(', ')
      : min === undefined || max === undefined
        ? 'not searched'
        : `${literalWords(min)} to ${literalWords(max)}`
  return (
    <Popover
      label={`Parameter ${titleOf(name)}`}
      side="top"
      className="w-72"
      trigger={
        <button
          type="button"
          className={`${chip} ${fault === undefined ? '' : wrong}`}
          title={fault ?? (searchOf(tree) === null ? tried : `Evolution tries ${tried}`)}
        >
          {fault !== undefined && (
            <>
              <CircleAlert size={11} className="text-neg" aria-hidden />
              <span className="sr-only">Wrong:</span>
            </>
          )}
          <span className="text-3">{titleOf(name)}</span>
          <span className="text-1 tabular-nums">{literalWords(tree.value)}</span>
        </button>
      }
    >
      <OwnKeys>
        <ParamForm field={field} param={param} />
      </OwnKeys>
    </Popover>
  )
}

const Rules = () => {
  const { actions, readOnly } = useScene()
  const constraints = useDocument(({ document }) => document.tree.constraints)
  if (constraints === undefined) return null
  return rulesOf({ constraints }).map((rule) => {
    const words = `${titleOf(rule.of)} ${rule.kind === 'less' ? '<' : '≤'} ${inSentence(rule.than)}`
    return (
      <span key={words} className="group/part relative flex items-center gap-1.5 text-2" data-rule={words}>
        {words}
        {!readOnly && (
          <button
            type="button"
            aria-label={`Drop the rule ${words}`}
            title="Drop this rule"
            className="nodrag absolute left-full grid size-3.5 place-items-center rounded-chip text-3 opacity-0 group-focus-within/part:opacity-100 group-hover/part:opacity-100 hover:text-1"
            onClick={() => actions.removeRule(rule)}
          >
            <X size={10} aria-hidden />
          </button>
        )}
      </span>
    )
  })
}

/** `fields`: a place of use for each parameter, which knows its bounds. */
export const ParamStrip = ({ fields }: { fields: readonly FieldView[] }) => {
  if (fields.length === 0) return null
  return (
    <section aria-label="Parameters" className={strip}>
      <SlidersHorizontal size={13} className="text-3" aria-hidden />
      <b>Parameters</b>
      {fields.map(
        (field) => field.param !== null && <ParamChip key={field.param.name} field={field} param={field.param} />,
      )}
      <Rules />
    </section>
  )
}
