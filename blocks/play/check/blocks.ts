// Where Blocks come from: the shipped library, the caller's own, and `blocks:` of the document; with their pins.
import { library } from '../../catalogue'
import { playHash } from '../canonical'
import { parseDocument } from '../text/parse'
import type { BlockTree, DocumentTree, PlayTree } from '../tree'
import { own } from '../words'
import type { BlockBody } from './expand'
import { nearestAdvice } from './nearest'
import { type Place, type Report, setFix } from './report'

/** Finds a Block document by `name@version`. */
export type BlockLookup = (ref: string) => BlockTree | undefined

const isBlock = (tree: DocumentTree): tree is BlockTree => 'block' in tree
const parsed = new Map<string, BlockTree | undefined>()

/** Names of the shipped Blocks: `lib/liquidity_grab@2`. */
export const libraryRefs: readonly string[] = Object.keys(library).map((name) => `lib/${name}`)

/** A shipped Block; undefined when there is none of this name. */
export const libraryBlock: BlockLookup = (ref) => {
  if (!parsed.has(ref)) {
    const text = ref.startsWith('lib/') ? own(library, ref.slice(4)) : undefined
    const tree = text === undefined ? undefined : parseDocument(text).tree
    parsed.set(ref, tree !== undefined && isBlock(tree) ? tree : undefined)
  }
  return parsed.get(ref)
}

/** The lookup of a check: own Blocks before the library, then the library. */
export const lookupOf =
  (own: BlockLookup | undefined): BlockLookup =>
  (ref) =>
    own?.(ref) ?? libraryBlock(ref)

const pinOf = (tree: BlockTree): string => `sha256:${playHash(tree)}`

/** Finds Blocks for the expansion and holds each against its pin. */
export class Shelf {
  private readonly used = new Set<string>()
  /** One could not be had: nobody knows which others it stands on. */
  private missing = false
  constructor(
    private readonly source: {
      readonly report: Report
      readonly lookup: BlockLookup
      readonly here: PlayTree['blocks']
      /** Null: a Block checked by itself, which pins nothing. */
      readonly pins: Readonly<Record<string, string>> | null
    },
  ) {}

  find(ref: string, place: Place): { readonly body: BlockBody; readonly here: boolean } | null {
    const { report, lookup, here } = this.source
    if (ref.startsWith('here/')) {
      const body = own(here, ref.slice('here/'.length))
      if (body !== undefined) {
        this.used.add(ref)
        return { body, here: true }
      }
      report.add('unknown_block', place, {
        message: `this document defines no Block \`${ref}\``,
        hint:
          nearestAdvice(
            ref,
            Object.keys(here ?? {}).map((name) => `here/${name}`),
            place,
          ).hint ?? 'Define it under `blocks:`.',
      })
      return null
    }
    const tree = lookup(ref)
    this.missing ||= tree === undefined
    if (tree === undefined) {
      const near = nearestAdvice(ref, libraryRefs, place).hint
      const hint = near ?? (ref.startsWith('my/') ? 'It is not among your own Blocks here.' : undefined)
      report.add('unknown_block', place, {
        message: `there is no Block \`${ref}\``,
        ...(hint === undefined ? {} : { hint }),
      })
      return null
    }
    if (`${tree.block}@${tree.version}` !== ref) {
      report.add('block_broken', place, { message: `\`${ref}\` holds a document named ${tree.block}@${tree.version}` })
      return null
    }
    this.used.add(ref)
    this.checkPin(ref, tree, place)
    return { body: tree, here: false }
  }

  private checkPin(ref: string, tree: BlockTree, place: Place): void {
    const { pins, report } = this.source
    if (pins === null) return
    const pin = own(pins, ref)
    const right = pinOf(tree)
    if (pin === right) return
    const at: Place = { path: ['pins', ref], ...(place.node === undefined ? {} : { node: place.node }) }
    const fixes = [setFix('Write the pin', at.path, right)]
    if (pin === undefined)
      report.add('pin_missing', at, {
        message: `\`${ref}\` has no pin`,
        hint: `\`pins\` holds the content hash of each Block: ${right}.`,
        fixes,
      })
    else
      report.add('pin_wrong', at, {
        message: `the pin of \`${ref}\` is not the hash of that Block`,
        hint: 'The Block is not the one that this Play was written with: look at it before you write the new pin.',
        fixes,
      })
  }

  /** After the expansion: pins and Blocks of the document that nothing asked for. */
  checkUnused(): void {
    const { pins, here, report } = this.source
    for (const name of Object.keys(here ?? {}))
      if (!this.used.has(`here/${name}`))
        report.add(
          'block_unused',
          { path: ['blocks', name] },
          {
            message: `no node uses \`here/${name}\``,
            fixes: [setFix('Remove the Block', ['blocks', name])],
          },
        )
    for (const ref of this.missing ? [] : Object.keys(pins ?? {}))
      if (!this.used.has(ref))
        report.add(
          'pin_unused',
          { path: ['pins', ref] },
          {
            message: `no node uses \`${ref}\``,
            fixes: [setFix('Remove the pin', ['pins', ref])],
          },
        )
  }
}
