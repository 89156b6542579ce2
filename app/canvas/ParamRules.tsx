// Rules between two parameters: what must hold whatever evolution tries, such as fast less than slow.
'use client'
import { X } from 'lucide-react'
import { useState } from 'react'
import { comparable, type Rule, type RuleKind, rulesAt } from '../document/edits/params'
import { ruleWords } from '../document/labels'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Select } from '../ui/Select'
import { useDocument } from '../workbench/session'
import { useScene } from './scene'
import { titleOf } from './words'

const kinds: readonly RuleKind[] = ['less', 'at_most', 'more', 'at_least']
const kindChoices = kinds.map((value) => ({ value, label: ruleWords[value] }))

const RuleForm = ({ name, others }: { name: string; others: readonly string[] }) => {
  const { actions } = useScene()
  const [kind, setKind] = useState<RuleKind>('less')
  const [than, setThan] = useState(others[0] ?? '')
  const [fault, setFault] = useState<string | null>(null)
  const other = others.includes(than) ? than : (others[0] ?? '')
  return (
    <div className="flex flex-col gap-1.5">
      <div className="grid grid-cols-[96px_1fr_auto] items-center gap-1.5">
        <Select aria-label="How it must be" value={kind} choices={kindChoices} onValue={setKind} />
        <Select
          aria-label="Than which parameter"
          value={other}
          choices={others.map((one) => ({ value: one, label: titleOf(one) }))}
          onValue={setThan}
        />
        <Button onClick={() => setFault(actions.addRule({ of: name, kind, than: other }))}>Add</Button>
      </div>
      {fault !== null && (
        <p role="alert" className="text-11 leading-4 text-neg">
          {fault}
        </p>
      )}
    </div>
  )
}

const RuleLine = ({ rule }: { rule: Rule }) => {
  const { actions } = useScene()
  const words = `${ruleWords[rule.kind]} ${titleOf(rule.than)}`
  return (
    <li className="flex h-6 items-center gap-1.5">
      <span className="min-w-0 flex-1 truncate text-1">{words}</span>
      <IconButton
        size="s"
        label={`Drop the rule: ${words}`}
        icon={<X size={11} aria-hidden />}
        onClick={() => actions.removeRule(rule)}
      />
    </li>
  )
}

export const ParamRules = ({ name }: { name: string }) => {
  const tree = useDocument(({ document }) => document.tree)
  const others = comparable(tree, name)
  const rules = rulesAt(tree, name)
  if (others.length === 0 && rules.length === 0) return null
  return (
    <section aria-label="Rules" className="flex flex-col gap-1.5 border-t border-line-2 pt-2.5">
      <h3 className="text-11 leading-4 text-3">It must stay</h3>
      {rules.length > 0 && (
        <ul>
          {rules.map((rule) => (
            <RuleLine key={`${rule.kind} ${rule.than}`} rule={rule} />
          ))}
        </ul>
      )}
      {others.length > 0 && <RuleForm name={name} others={others} />}
    </section>
  )
}
