// The document of a version of record: its text with the layout that was kept beside it.
import type { Sidecar } from '../../blocks/play/tree'
import { readFile } from '../document/file'
import type { RecordApi } from '../results/record'

export const versionDocument = async (api: RecordApi, id: string) => {
  const version = await api.play.version.query({ id })
  if (version === null) throw new Error('The server does not know this version.')
  const read = readFile(version.yaml, 'this version')
  if ('problems' in read) throw new Error(read.problems[0]?.message ?? 'its text cannot be read')
  // Positions and folds as they were; what the text itself says of comments comes with the text.
  return { tree: read.tree, sidecar: { ...(version.sidecar as Sidecar), ...read.sidecar } }
}
