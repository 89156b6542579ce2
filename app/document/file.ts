// One file a Play: its text, which every tool reads, and the layout in comment lines at the end, which none minds.
import { z } from 'zod'
import type { Problem } from '../../blocks/kit/problem'
import { parseDocument } from '../../blocks/play/text/parse'
import { printDocument } from '../../blocks/play/text/print'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'

/** Begins the line that holds the layout; the rest of it is JSON. */
const mark = 'layout of the canvas: '

const layoutSchema = z.object({
  positions: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  collapsed: z.array(z.string()).optional(),
  frames: z.array(z.object({ id: z.string(), title: z.string(), nodes: z.array(z.string()) })).optional(),
  colours: z.record(z.string(), z.string()).optional(),
})

/** The file of a document. */
export const fileText = ({ tree, sidecar }: { readonly tree: PlayTree; readonly sidecar: Sidecar }): string => {
  const { positions, collapsed, frames, colours, notes, ...rest } = sidecar
  const layout = { positions, collapsed, frames, colours }
  const isPlain = Object.values(layout).every((one) => one === undefined || Object.keys(one).length === 0)
  if (isPlain) return printDocument(tree, sidecar)
  const line = mark + JSON.stringify(layout)
  const end = notes?.end === undefined ? line : `${notes.end}\n${line}`
  return printDocument(tree, { ...rest, notes: { ...notes, end } })
}

export const fileName = ({ play }: PlayTree): string => `${play}.play.yaml`

export type ReadFile =
  | { readonly tree: PlayTree; readonly sidecar: Sidecar }
  | { readonly problems: readonly Problem[] }

const layoutIn = (line: string): Sidecar => {
  try {
    const { positions, collapsed, frames, colours } = layoutSchema.parse(JSON.parse(line.slice(mark.length)))
    return {
      ...(positions && { positions }),
      ...(collapsed && { collapsed }),
      ...(frames && { frames }),
      ...(colours && { colours }),
    }
  } catch {
    // A layout that was tampered with is none: the Play is laid out anew.
    return {}
  }
}

/** A Play of a file, with its layout if it has one. */
export const readFile = (text: string, name: string): ReadFile => {
  const { tree, sidecar, problems } = parseDocument(text, name)
  if (tree === undefined) return { problems }
  if (!('play' in tree)) {
    const message = 'this file holds a Block, not a Play'
    const hint = 'Open a Play and paste this text on its graph: it becomes a Block of that Play.'
    return { problems: [{ code: 'not_a_play', severity: 'error', where: { file: name }, message, hint, fixes: [] }] }
  }
  const { end, ...notes } = sidecar.notes ?? {}
  const lines = end?.split('\n') ?? []
  const layout = lines.find((line) => line.startsWith(mark))
  const said = lines.filter((line) => !line.startsWith(mark)).join('\n')
  const kept = said === '' ? notes : { ...notes, end: said }
  const { notes: _, ...rest } = sidecar
  return {
    tree,
    sidecar: {
      ...rest,
      ...(Object.keys(kept).length > 0 ? { notes: kept } : {}),
      ...(layout === undefined ? {} : layoutIn(layout)),
    },
  }
}

/** Hands a file to the browser's downloads. */
export const download = (name: string, text: string, type = 'application/yaml'): void => {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has taken the bytes by the next turn of the loop at the latest.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
