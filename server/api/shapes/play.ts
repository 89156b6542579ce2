// Answers about Plays, their drafts and versions.
import { z } from 'zod'
import type { Draft, DraftSaved, PlayHead, PlayLine, Version, VersionLine } from '../../run/stores'
import { keptJson, sha256, timeMs } from './common'

export const playLines: z.ZodType<readonly PlayLine[]> = z.array(
  z.object({ id: z.string(), title: z.string(), revision: z.int(), versions: z.int(), changedMs: timeMs }),
)

export const playHeads: z.ZodType<readonly PlayHead[]> = z.array(
  z.object({ id: z.string(), title: z.string(), revision: z.int(), changedMs: timeMs, deleted: z.boolean() }),
)

const draftShape: z.ZodType<Draft> = z.object({
  playId: z.string(),
  revision: z.int(),
  title: z.string(),
  yaml: z.string(),
  sidecar: keptJson,
  loose: z.string().nullable(),
  savedMs: timeMs,
  origin: z.string(),
})
export const draft = draftShape.nullable()

export const draftSaved: z.ZodType<DraftSaved> = z.union([
  z.object({ kind: z.literal('saved'), revision: z.int() }),
  z.object({ kind: z.literal('conflict'), theirs: draftShape }),
  z.object({ kind: z.literal('gone') }),
])

const line = {
  id: z.string(),
  playId: z.string(),
  number: z.int(),
  playHash: sha256,
  logicHash: sha256,
  note: z.string(),
  createdMs: timeMs,
  actor: z.string(),
}
export const versionLine: z.ZodType<VersionLine> = z.object(line)
export const versionLines: z.ZodType<readonly VersionLine[]> = z.array(versionLine)
export const version: z.ZodType<Version> = z.object({
  ...line,
  canonical: z.string(),
  yaml: z.string(),
  sidecar: keptJson,
})
