// Gives the keyboard to what was asked for as soon as it is drawn, and nothing lies over the canvas any more.
'use client'
import { useEffect } from 'react'
import { type Attended, attended } from './attend'

/** Frames to wait: a large Play takes some to be drawn. */
const patience = 90

/** Lists, questions and small surfaces give the focus back to what opened them: what comes later has it. */
const isFree = (): boolean => document.querySelector('[data-testid="canvas"] [cmdk-root], [role="dialog"]') === null

const nodeOf = (id: string): string => `.react-flow__node[data-id="${id}"]`

const placeOf = (to: Attended): HTMLElement | null => {
  if (to.kind === 'none') return null
  if (to.kind === 'node') return document.querySelector<HTMLElement>(nodeOf(to.id))
  return document.querySelector<HTMLElement>(
    to.kind === 'risk'
      ? `${nodeOf('$risk')} [data-strip="risk"] :is(button, input)`
      : `${nodeOf(to.id)} [data-field="${to.key}"] input`,
  )
}

/** Inside of what is seen: a focus out of sight would stop the glide that is bringing it there. */
const isSeen = (place: HTMLElement): boolean => {
  const box = place.getBoundingClientRect()
  const canvas = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect()
  return (
    canvas !== undefined &&
    box.right > canvas.left &&
    box.left < canvas.right &&
    box.bottom > canvas.top &&
    box.top < canvas.bottom
  )
}

export const useAttend = (): void => {
  useEffect(() => {
    let frame = 0
    const look = (to: Attended, left: number): void => {
      const place = isFree() ? placeOf(to) : null
      if (place === null || (!isSeen(place) && left > patience / 2)) {
        frame = left > 0 ? requestAnimationFrame(() => look(to, left - 1)) : 0
        return
      }
      attended.setState({ kind: 'none' }, true)
      // After what gives the focus back by itself.
      setTimeout(() => {
        place.focus({ preventScroll: true })
        if (place instanceof HTMLInputElement) place.select()
      })
    }
    const begin = (to: Attended): void => {
      if (to.kind === 'none') return
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => look(to, patience))
    }
    begin(attended.getState())
    const stop = attended.subscribe(begin)
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [])
}

/** All of the strips below the lanes lies in what is seen of the canvas. */
export const isFootSeen = (): boolean => {
  const box = document.querySelector(nodeOf('$risk'))?.getBoundingClientRect()
  const canvas = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect()
  if (box === undefined || canvas === undefined) return false
  return box.top >= canvas.top && box.bottom <= canvas.bottom && box.left >= canvas.left - 1 && box.left < canvas.right
}
