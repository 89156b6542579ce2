// What was done or went wrong, said once: any code may add a notice, Notices.tsx shows them.
import { create } from 'zustand'

export type NoticeTone = 'done' | 'error' | 'you'

export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

export interface Notice {
  readonly id: number
  readonly tone: NoticeTone
  readonly text: string
  /** A quieter second sentence. */
  readonly detail?: string
  /** "Undo", mostly; the notice goes with it. */
  readonly action?: NoticeAction
}

/** More than these push out the oldest that is no error. */
const most = 4

export const useNotices = create<{ readonly notices: readonly Notice[] }>()(() => ({ notices: [] }))

let last = 0

export const dismiss = (id: number): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))

/** The same words again replace the earlier notice: no pile of equal ones. Returns its id. */
export const notify = (notice: Omit<Notice, 'id'>): number => {
  last += 1
  const id = last
  useNotices.setState(({ notices }) => {
    const others = notices.filter(({ text, detail }) => text !== notice.text || detail !== notice.detail)
    const passing = others.find(({ tone }) => tone !== 'error') ?? others[0]
    const kept = others.length >= most ? others.filter((other) => other !== passing) : others
    return { notices: [...kept, { ...notice, id }] }
  })
  return id
}
