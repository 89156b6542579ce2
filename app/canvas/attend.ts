// Brings the keyboard to what is about to be drawn: a node that was added, a field that was put on it.

/** Frames to wait: a large Play takes some to be drawn. */
const patience = 60

const soon = (find: () => HTMLElement | null, act: (element: HTMLElement) => void, left = patience): void => {
  const element = find()
  if (element !== null) act(element)
  else if (left > 0) requestAnimationFrame(() => soon(find, act, left - 1))
}

const nodeOf = (id: string): string => `.react-flow__node[data-id="${CSS.escape(id)}"]`

/** The node has the keyboard as soon as it is there, and no list or question lies over the canvas any more. */
export const attendNode = (id: string): void =>
  soon(
    () =>
      document.querySelector('[data-testid="canvas"] [cmdk-root], [role="dialog"]') === null
        ? document.querySelector<HTMLElement>(nodeOf(id))
        : null,
    (node) => node.focus({ preventScroll: true }),
  )

/** The field at a place of a node, all of it chosen. */
export const attendField = (id: string, key: string): void =>
  soon(
    () => document.querySelector<HTMLElement>(`${nodeOf(id)} [data-field="${CSS.escape(key)}"] input`),
    (field) => {
      field.focus({ preventScroll: true })
      if (field instanceof HTMLInputElement) field.select()
    },
  )
