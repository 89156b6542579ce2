// A number on a node that is none of the Play's parameters yet: give it a name, or take a parameter that is there.
'use client'
import { type SyntheticEvent, useMemo, useState } from 'react'
import { nameOf, paramNameFault, paramsFor } from '../document/edits/params'
import { suggestedName } from '../document/edits/values'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { Menu } from '../ui/Menu'
import { TextField } from '../ui/TextField'
import { useDocument } from '../workbench/session'
import type { FieldView } from './fields'
import { useScene } from './scene'
import { literalWords, titleOf } from './words'

interface PromoteFormProps {
  readonly node: string
  readonly field: FieldView
  readonly onDone: () => void
}

/** Parameters that fit here, each with its value. */
const Others = ({ node, field, onDone }: PromoteFormProps) => {
  const { actions } = useScene()
  const tree = useDocument(({ document }) => document.tree)
  const names = useMemo(() => paramsFor(tree, { node, key: field.key }), [tree, node, field.key])
  if (names.length === 0) return null
  return (
    <Menu
      entries={names.map((name) => ({
        label: `${titleOf(name)}, ${literalWords(tree.params?.[name]?.value ?? '')}`,
        run: () => {
          actions.shareParam(node, field.key, name)
          onDone()
        },
      }))}
    >
      <Button size="s" look="quiet">
        Use another parameter
      </Button>
    </Menu>
  )
}

/** What is written can go again: settings to their default, numbers on ports altogether. */
const Away = ({ node, field, onDone }: PromoteFormProps) => {
  const { actions } = useScene()
  const { spec, preset, key } = field
  const mayGo = spec === null || spec.preset !== undefined || spec.optional === true
  if (preset || !mayGo) return null
  return (
    <Button
      size="s"
      look="quiet"
      onClick={() => {
        onDone()
        actions.setValue(node, key, undefined)
      }}
    >
      {spec === null ? 'Take it away' : 'Back to the default'}
    </Button>
  )
}

export const PromoteForm = (props: PromoteFormProps) => {
  const { node, field } = props
  const { actions } = useScene()
  const tree = useDocument(({ document }) => document.tree)
  const [typed, setTyped] = useState(() => suggestedName(tree, { node, key: field.key }).replaceAll('_', ' '))
  const [fault, setFault] = useState<string | null>(null)
  const send = (event: SyntheticEvent): void => {
    event.preventDefault()
    const preset = field.preset && typeof field.value !== 'object' ? field.value : undefined
    setFault(actions.promote({ node, key: field.key, name: nameOf(typed), preset }))
  }
  return (
    <form className="flex flex-col gap-2.5" onSubmit={send}>
      <p className="text-11 leading-4 text-3">
        A parameter has a name, may be used in several places, and evolution may search it.
      </p>
      <Field label="Name" error={fault}>
        {({ id, describedBy }) => (
          <TextField
            id={id}
            aria-describedby={describedBy}
            value={typed}
            wrong={fault !== null}
            onText={(text) => {
              setTyped(text)
              setFault(text.trim() === '' ? null : paramNameFault(tree, nameOf(text)))
            }}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      <Button type="submit">Make it a parameter</Button>
      <div className="flex flex-wrap gap-1.5 empty:hidden">
        <Others {...props} />
        <Away {...props} />
      </div>
    </form>
  )
}
