// The Play in plain words. Each phrase is a link: it selects the node that says it, wherever nodes are shown.
'use client'
import { CircleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { describePlay, type PartRole, type Sentence, type Span } from '../../blocks/play/sentence'
import { useBlocks } from '../library/library'
import { pathTitle } from '../results/names'
import { classes } from '../ui/classes'
import { useDocument } from '../workbench/session'
import { useView } from '../workbench/view'
import { type Chapter, chaptersOf } from './chapters'

const marks: Readonly<Record<PartRole, string>> = {
  entry: 'bg-entry',
  filter: 'bg-filter',
  exit: 'bg-exit',
  invalidation: 'bg-inval',
  mirror: 'bg-line-3',
  where: 'bg-line-3',
  risk: 'bg-(--role-risk)',
}

const select = (node: string): void => useView.setState({ selected: [node], reveal: { node } })
const hover = (node: string | null): void => useView.setState({ hovered: node })

const Phrase = ({
  node,
  title,
  text,
  selected,
  hovered,
}: {
  node: string
  title: string
  text: string
  selected: boolean
  hovered: boolean
}) => {
  // The spaces around a phrase are not part of the link.
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? []
  return (
    <>
      {before}
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot break over lines, a phrase must */}
      <span
        role="button"
        tabIndex={0}
        aria-pressed={selected}
        title={title}
        onClick={() => select(node)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          select(node)
        }}
        onMouseEnter={() => hover(node)}
        onMouseLeave={() => hover(null)}
        className={classes(
          'cursor-default rounded-[3px] decoration-line-3 decoration-dotted underline-offset-4 hover:underline',
          selected ? 'bg-you-bg text-1 underline' : hovered ? 'bg-hover text-1' : 'text-1',
        )}
      >
        {words}
      </span>
      {after}
    </>
  )
}

const Line = ({
  spans,
  selected,
  hovered,
}: {
  spans: readonly Span[]
  selected: ReadonlySet<string>
  hovered: string | null
}) => {
  const tree = useDocument(({ document }) => document.tree)
  return spans.map(({ text, node }, i) => {
    const key = `${i} ${node ?? ''}`
    if (node === undefined || !/[\p{L}\p{N}]/u.test(text)) return <span key={key}>{text}</span>
    return (
      <Phrase
        key={key}
        node={node}
        title={pathTitle(tree, node)}
        text={text}
        selected={selected.has(node)}
        hovered={hovered === node}
      />
    )
  })
}

interface Marks {
  readonly selected: ReadonlySet<string>
  readonly hovered: string | null
}

const Row = ({ part, ...marked }: { part: Sentence } & Marks) => (
  <li className="flex gap-2.5 py-1 text-13 leading-[21px] text-2">
    <span aria-hidden className={classes('mt-[5px] h-3 w-[3px] flex-none rounded-full', marks[part.role])} />
    <p className="min-w-0">
      <Line spans={part.spans} {...marked} />
    </p>
  </li>
)

const Part = ({ chapter, ...marked }: { chapter: Chapter } & Marks) => (
  <section className="mt-5">
    <h3 className="mb-1 text-11 leading-4 font-medium text-3">{chapter.title}</h3>
    <ul>
      {chapter.parts.map((part) => (
        <Row key={`${part.text} ${part.nodes.join(' ')}`} part={part} {...marked} />
      ))}
    </ul>
  </section>
)

export const WordsFace = () => {
  const tree = useDocument(({ document }) => document.tree)
  const loose = useDocument((state) => state.loose !== null)
  const ids = useView((view) => view.selected)
  const hovered = useView((view) => view.hovered)
  const selected = useMemo(() => new Set(ids), [ids])
  const blocks = useBlocks()
  const { lead, parts } = useMemo(() => describePlay(tree, blocks), [tree, blocks])
  return (
    <article aria-label="The Play in words" className="h-full min-h-0 overflow-y-auto bg-canvas px-8 py-6">
      <div className="mx-auto max-w-[68ch]">
        <h2 className="text-20 leading-7 font-semibold text-1">{tree.title ?? tree.play.replaceAll('_', ' ')}</h2>
        <p className="mt-2 text-15 leading-6 text-1">{lead}</p>
        {loose && (
          <p role="status" className="mt-3 flex items-center gap-1.5 text-12 text-warn">
            <CircleAlert size={13} aria-hidden />
            The text is not a Play yet. These are the words of the last good one.
          </p>
        )}
        {chaptersOf(parts).map((chapter) => (
          <Part key={chapter.title} chapter={chapter} selected={selected} hovered={hovered} />
        ))}
        {tree.about !== undefined && (
          <section className="mt-5">
            <h3 className="mb-1 text-11 leading-4 font-medium text-3">What its author says</h3>
            <p className="text-13 leading-[21px] whitespace-pre-wrap text-2">{tree.about}</p>
          </section>
        )}
      </div>
    </article>
  )
}
