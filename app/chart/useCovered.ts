// Where elements stand over the chart, told to whoever must not draw under them; again whenever one of them changes.
'use client'
import { type RefObject, useEffect } from 'react'
import type { Controller } from './controller'
import type { Box } from './labels'

/** `cover`: lies over the chart with the same left and top; its children are what covers. */
export const useCovered = (
  controller: Controller | null,
  cover: RefObject<HTMLElement | null>,
  shown: boolean,
): void => {
  useEffect(() => {
    const element = cover.current
    if (controller === null || element === null || !shown) return
    const measure = (): void => {
      const from = element.getBoundingClientRect()
      controller.under(
        [...element.querySelectorAll('[data-covers]')].map((child): Box => {
          const { left, top, width, height } = child.getBoundingClientRect()
          return { x: left - from.left, y: top - from.top, w: width, h: height }
        }),
      )
    }
    const watch = new ResizeObserver(measure)
    for (const child of element.querySelectorAll('[data-covers]')) watch.observe(child)
    watch.observe(element)
    measure()
    return () => watch.disconnect()
  }, [controller, cover, shown])
}
