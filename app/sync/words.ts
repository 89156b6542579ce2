// How the open Play stands, in a word and in a sentence. Pure.
import type { SaveState } from '../document/autosave'
import type { SyncState } from './playSync'

export interface StandingWords {
  readonly tone: 'calm' | 'away' | 'trouble'
  /** Beside the title; null: nothing to say. */
  readonly word: string | null
  readonly sentence: string
}

const calm = (word: string | null, sentence: string): StandingWords => ({ tone: 'calm', word, sentence })
const trouble = (word: string, sentence: string): StandingWords => ({ tone: 'trouble', word, sentence })

const ofServer = (sync: SyncState): StandingWords => {
  switch (sync.kind) {
    case 'unknown':
      return calm(null, 'Each change is saved in this browser.')
    case 'alone':
      return calm(
        'In this browser',
        'Saved in this browser. This server was started without a database and keeps no Plays.',
      )
    case 'sending':
      return calm('Saving', 'Saved in this browser, on its way to the server.')
    case 'saved':
      return calm('Saved', 'Saved in this browser and on the server.')
    case 'away':
      return {
        tone: 'away',
        word: 'In this browser',
        sentence: 'Saved in this browser; the server is away. It gets your changes as soon as it is back.',
      }
    case 'refused':
      return trouble('In this browser', `Saved in this browser. The server did not take it: ${sync.message}`)
    case 'choose':
      return trouble(
        'Changed elsewhere',
        'Saved in this browser. Another browser changed it too: choose above the Play.',
      )
    case 'unread':
      return trouble(
        'Changed elsewhere',
        'Saved in this browser. What another browser saved is of a newer version of this page: load the page again.',
      )
    case 'gone':
      return trouble('Deleted elsewhere', 'It was deleted in another browser, and is still here.')
  }
}

export const standingWords = (sync: SyncState, save: SaveState): StandingWords =>
  save.kind === 'failed' ? trouble('Not saved', `${save.message} Your edits are in this tab alone.`) : ofServer(sync)
