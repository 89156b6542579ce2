// A newer version of a Block: what it changes, which nodes take it and which cannot, before it is taken.
'use client'
import { useMemo, useState } from 'react'
import { checkPlay } from '../../blocks/play/check'
import { typeLabel } from '../../blocks/play/labels'
import { parseTypeName } from '../../blocks/play/names'
import { typeOf } from '../../blocks/play/references'
import type { PlayTree } from '../../blocks/play/tree'
import type { UpgradeStep } from '../../blocks/play/upgrade'
import { upgradeTo } from '../document/edits/blocks'
import { pinned } from '../document/edits/pins'
import { nameLabel } from '../document/labels'
import { titled } from '../results/names'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { useDocument, useSession } from '../workbench/session'
import { FaceChanges } from './FaceChanges'
import { faceChanges, insideDiffers } from './face'
import { allRefs, useBlocks, useOwn } from './library'
import { newerThan } from './own'
import { upgradeStep } from './steps'

const placeOf = ({ path }: UpgradeStep): string => {
  const [section, name = '', , inner = ''] = path
  return section === 'blocks' ? `${nameLabel(inner)} in ${nameLabel(name)}` : nameLabel(name)
}

/** The first error that the Play would have with it and has not now. */
const newError = (before: PlayTree, after: PlayTree, blocks: ReturnType<typeof useBlocks>): string | null => {
  const errorsOf = (tree: PlayTree): readonly string[] =>
    checkPlay(tree, blocks).problems.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []))
  const known = errorsOf(before)
  return errorsOf(after).find((message) => !known.includes(message)) ?? null
}

const useUpgrade = (type: string, to: string) => {
  const tree = useDocument(({ document }) => document.tree)
  const blocks = useBlocks()
  return useMemo(() => {
    const { steps, tree: next } = upgradeTo(tree, to)
    const [before, after] = [blocks.blocks(type), blocks.blocks(to)]
    const error = 'play' in next && next !== tree ? newError(tree, pinned(next), blocks) : null
    return {
      taken: steps.filter(({ blocked }) => blocked === undefined),
      left: steps.filter(({ blocked }) => blocked !== undefined),
      changes: before === undefined || after === undefined ? [] : faceChanges(before, after),
      inside: before !== undefined && after !== undefined && insideDiffers(before, after),
      error: error === null ? null : titled(error, tree),
    }
  }, [tree, blocks, type, to])
}

const Uses = ({ taken, left }: Pick<ReturnType<typeof useUpgrade>, 'taken' | 'left'>) => (
  <ul aria-label="Nodes" className="flex flex-col gap-1">
    {taken.length > 0 && (
      <li>
        Taken by <b className="text-1">{taken.map(placeOf).join(', ')}</b>.
      </li>
    )}
    {left.map((step) => (
      <li key={step.path.join('.')} className="text-warn">
        {placeOf(step)} stays as it is: {step.blocked?.replaceAll('`', '')}.
      </li>
    ))}
  </ul>
)

const Asked = ({ type, to, onClose }: { type: string; to: string; onClose: () => void }) => {
  const { store } = useSession()
  const own = useOwn()
  const name = parseTypeName(to)
  const version = name?.kind === 'block' ? name.version : 0
  const { taken, left, changes, inside, error } = useUpgrade(type, to)
  const note = own.get(to)?.note ?? ''
  return (
    <Dialog
      open
      onOpen={(open) => !open && onClose()}
      title={`Use version ${version} of ${typeLabel(to)}`}
      {...(note === '' ? {} : { about: note })}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={taken.length === 0}
            onClick={() => {
              upgradeStep(store, to)
              onClose()
            }}
          >
            Use version {version}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <FaceChanges changes={changes} inside={inside} />
        <Uses taken={taken} left={left} />
        {error !== null && (
          <p role="status" className="text-warn">
            The Play would have to be mended after it: {error}.
          </p>
        )}
      </div>
    </Dialog>
  )
}

export const UpgradeDialog = ({ node, onClose }: { node: string; onClose: () => void }) => {
  const tree = useDocument(({ document }) => document.tree)
  const held = tree.nodes[node]
  const [type] = useState(held === undefined ? '' : typeOf(held)[0])
  const [to] = useState(() => newerThan(type, allRefs()))
  return to === null ? null : <Asked type={type} to={to} onClose={onClose} />
}
