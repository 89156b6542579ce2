// Files that a user names on the command line: texts read with a limit, all written whole or not at all.
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { problemOf, Stop } from './stop'

const why = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file'
  if (code === 'EISDIR') return 'this is a folder'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'ENOSPC') return 'the disk is full'
  return error instanceof Error ? error.message : String(error)
}

const refused = (path: string, code: string, sentence: string): Stop =>
  new Stop('problems', sentence, [{ ...problemOf(code, sentence), where: { file: path } }])

/** The file as UTF-8. A file that is missing, no file, too large or not UTF-8 ends the command with a sentence. */
export const readText = async (path: string, maxBytes: number): Promise<string> => {
  try {
    const { size } = await stat(path)
    // The size comes first: a file of gigabytes must not be read to learn that it is no Play.
    if (size > maxBytes) throw refused(path, 'too_large', `${path} has ${size} bytes; at most ${maxBytes} are read`)
    const bytes = await readFile(path)
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof Stop) throw error
    if (error instanceof TypeError) throw refused(path, 'not_text', `${path} is not UTF-8 text`)
    throw refused(path, 'file_unreadable', `cannot read ${path}: ${why(error)}`)
  }
}

/** The file itself, or the files of this name in a folder, in the order of their names; folders inside are not looked into. */
export const filesIn = async (path: string, name: RegExp): Promise<readonly string[]> => {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const found = await readdir(path, { withFileTypes: true })
    return found
      .filter((entry) => entry.isFile() && name.test(entry.name))
      .map((entry) => join(path, entry.name))
      .sort()
  } catch (error) {
    throw refused(path, 'file_unreadable', `cannot read ${path}: ${why(error)}`)
  }
}

/** Replaces the file's content in one step: an interruption leaves the old file or the new one, never a part. */
export const writeWhole = async (
  path: string,
  content: string | Iterable<string> | AsyncIterable<Uint8Array>,
): Promise<void> => {
  const making = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const mode = await stat(path).then(
      (found) => found.mode & 0o777,
      () => 0o666,
    )
    await mkdir(dirname(path), { recursive: true })
    const file = await open(making, 'wx', mode)
    try {
      for await (const piece of typeof content === 'string' ? [content] : content) await file.appendFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(making, path)
  } catch (error) {
    await rm(making, { force: true })
    if (error instanceof Stop) throw error
    throw new Stop('refused', `cannot write ${path}: ${why(error)}`)
  }
}
