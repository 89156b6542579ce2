// What to say when a wire does not fit, and the node or output that would make it legal where there is one.
import type { Port } from '../../kit/logic'
import type { Fix } from '../../kit/problem'
import { fits, type Socket } from '../../kit/socket'
import { bridge, orList, socketWords } from '../words'
import type { Space } from './expand'
import type { Source } from './link'
import type { Node } from './node'
import { type Advice, setFix } from './report'

export interface Misfit {
  readonly wire: Extract<Source, { kind: 'wire' }>
  readonly node: Pick<Node, 'sockets'>
  readonly socket: Socket
  readonly port: Port<unknown>
  readonly space: Space
}

export const wrongSocket = (misfit: Misfit): { message: string } & Advice => {
  const { wire, node, socket, port } = misfit
  const message = `takes ${orList(port.accept.map((letter) => socketWords[letter]))}; \`${wire.text}\` is ${socketWords[socket.letter]}`
  const root = wire.text.split('.')[0] ?? wire.text
  const others = Object.entries(node.sockets).filter(
    ([name, other]) => name !== wire.output && fits(other.letter, port.accept),
  )
  const bundle = wire.output === '' || others.some(([name]) => name === '')
  if (bundle && others.length > 0) {
    const words = others.map(([name]) => (name === '' ? root : `${root}.${name}`))
    return {
      message,
      hint: `Take ${orList(words.slice(0, 6).map((word) => `\`${word}\``))}.`,
      fixes: words.map((word) => setFix(`Take \`${word}\``, wire.place.path, word)),
    }
  }
  const hint = bridge(socket.letter, port.accept)
  const fix = socket.letter === 'C' && port.accept.includes('E') ? becomesTrue(misfit, root) : null
  return { message, ...(hint === undefined ? {} : { hint }), fixes: fix === null ? [] : [fix] }
}

/** Puts a `becomes_true` between. */
const becomesTrue = ({ wire, space }: Misfit, root: string): Fix | null => {
  const at = wire.place.path.indexOf('nodes')
  if (at < 0) return null
  const id = freeId(`${root}_became`, (name) => space.entries.has(name))
  return {
    label: `Insert \`becomes_true\` as \`${id}\``,
    edits: [
      { path: [...wire.place.path.slice(0, at + 1), id], value: { becomes_true: [wire.text] } },
      { path: wire.place.path, value: id },
    ],
  }
}

/** The name, or the name with the first free number behind it; at most 40 characters. */
export const freeId = (wish: string, taken: (id: string) => boolean): string => {
  const short = wish.slice(0, 40)
  if (!taken(short)) return short
  for (let n = 2; ; n++) {
    const id = `${wish.slice(0, 39 - String(n).length)}_${n}`
    if (!taken(id)) return id
  }
}
