// What changed on the canvas, for who does not see it: one line that screen readers speak.
import { create } from 'zustand'

export const useSaid = create<{ readonly text: string; readonly no: number }>()(() => ({ text: '', no: 0 }))

/** The number makes the same words heard twice. */
export const say = (text: string): void => useSaid.setState(({ no }) => ({ text, no: no + 1 }))
