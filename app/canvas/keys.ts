// The keys of the canvas: one table for what they do and for the help that names them.

export type CanvasAction =
  | 'search'
  | 'connect'
  | 'rename'
  | 'note'
  | 'delete'
  | 'duplicate'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'selectAll'
  | 'clear'
  | 'arrange'
  | 'fit'
  | 'zoomIn'
  | 'zoomOut'
  | 'inside'
  | 'back'
  | 'upstream'
  | 'downstream'

export interface CanvasKey {
  /** As KeyboardEvent.key; `Mod+` is Ctrl, or Cmd on a Mac. */
  readonly key: string
  readonly label: string
  readonly action: CanvasAction
}

export const canvasKeys: readonly CanvasKey[] = [
  { key: '/', label: 'Search the blocks to add', action: 'search' },
  { key: 'c', label: 'Connect the chosen node', action: 'connect' },
  { key: 'F2', label: 'Rename the chosen node', action: 'rename' },
  { key: 'n', label: 'Write a note on the chosen node', action: 'note' },
  { key: 'Delete', label: 'Delete what is chosen', action: 'delete' },
  { key: 'Backspace', label: 'Delete what is chosen', action: 'delete' },
  { key: 'Mod+d', label: 'Duplicate', action: 'duplicate' },
  { key: 'Mod+c', label: 'Copy as text', action: 'copy' },
  { key: 'Mod+x', label: 'Cut as text', action: 'cut' },
  { key: 'Mod+v', label: 'Paste text of a Play', action: 'paste' },
  { key: 'Mod+a', label: 'Choose all nodes', action: 'selectAll' },
  { key: 'Escape', label: 'Choose nothing', action: 'clear' },
  { key: 'Shift+L', label: 'Arrange all nodes', action: 'arrange' },
  { key: 'f', label: 'Fit the graph to the window', action: 'fit' },
  { key: '+', label: 'Larger', action: 'zoomIn' },
  { key: '-', label: 'Smaller', action: 'zoomOut' },
  { key: 'Enter', label: 'Look inside a Block', action: 'inside' },
  { key: 'Alt+ArrowUp', label: 'Leave a Block', action: 'back' },
  { key: 'Alt+ArrowLeft', label: 'Go along a wire to what feeds this node', action: 'upstream' },
  { key: 'Alt+ArrowRight', label: 'Go along a wire to what this node feeds', action: 'downstream' },
]

export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** How a press is written in the table. */
const pressName = ({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string => {
  const mod = ctrlKey || metaKey ? 'Mod+' : ''
  const alt = altKey ? 'Alt+' : ''
  // Signs such as + and / need Shift on some keyboards; only letters tell it apart.
  const shift = shiftKey && /^[a-z]$/i.test(key) ? 'Shift+' : ''
  const name = key.length > 1 ? key : shift === '' ? key.toLowerCase() : key.toUpperCase()
  return `${mod}${alt}${shift}${name}`
}

export const actionOf = (press: Pressed): CanvasAction | null => {
  const name = pressName(press)
  return canvasKeys.find(({ key }) => key === name)?.action ?? null
}
