// Completion and hover of the text face.
import type { Extension } from '@codemirror/state'
import type { DocumentStore } from '../document/store'

export const textHelp = (_store: DocumentStore): Extension => []
