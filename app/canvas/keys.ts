// The keys of the canvas: one table for what they do and for the help that names them.
import { actionIn, type KeyRow, type Pressed } from '../ui/keys'

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
  | 'fitChosen'
  | 'zoomIn'
  | 'zoomOut'
  | 'inside'
  | 'back'
  | 'upstream'
  | 'downstream'
  | 'risk'
  | 'fold'
  | 'keep'
  | 'detach'
  | 'upgrade'

export const canvasKeys: readonly KeyRow<CanvasAction>[] = [
  { key: '/', label: 'Search the blocks to add', action: 'search' },
  { key: 'c', label: 'Connect the chosen node', action: 'connect' },
  { key: 'F2', label: 'Rename the chosen node', action: 'rename' },
  { key: 'n', label: 'Write a note on the chosen node', action: 'note' },
  { key: 'r', label: 'Go to risk and parameters', action: 'risk' },
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
  { key: 'Shift+F', label: 'Fit what is chosen to the window', action: 'fitChosen' },
  { key: '+', label: 'Larger', action: 'zoomIn' },
  { key: '-', label: 'Smaller', action: 'zoomOut' },
  { key: 'Enter', label: 'Look inside a Block', action: 'inside' },
  { key: 'Alt+ArrowUp', label: 'Leave a Block', action: 'back' },
  { key: 'b', label: 'Make a Block of what is chosen', action: 'fold' },
  { key: 'k', label: 'Keep the chosen Block in my library', action: 'keep' },
  { key: 'Shift+D', label: 'Detach a copy of the chosen Block', action: 'detach' },
  { key: 'u', label: 'Use the newest version of the chosen Block', action: 'upgrade' },
  { key: 'Alt+ArrowLeft', label: 'Go along a wire to what feeds this node', action: 'upstream' },
  { key: 'Alt+ArrowRight', label: 'Go along a wire to what this node feeds', action: 'downstream' },
]

/** The action of a press; null: it is none of the canvas. */
export const actionOf = (press: Pressed): CanvasAction | null => actionIn(canvasKeys, press)
