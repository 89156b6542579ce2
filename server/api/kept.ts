// Texts that come in to be kept.
import { z } from 'zod'
import { maxBytes } from '../../blocks/play/text/guard'

/** Neither text nor JSON of PostgreSQL holds these characters. */
export const isKept = (text: string): boolean => !/[\0\p{Cs}]/u.test(text)
export const unkept = 'holds a character that cannot be stored (U+0000 or half a pair)'

/** Of a document. */
export const textSchema = z.string().max(maxBytes).refine(isKept, unkept)
/** What its author says of a version. */
export const noteSchema = z.string().trim().max(500).refine(isKept, unkept)
