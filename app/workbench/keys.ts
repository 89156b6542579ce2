// The keys that hold everywhere: one table for what they do and for the help that names them.
import { actionIn, type KeyRow, type Pressed } from '../ui/keys'

export type WorkbenchAction = 'find' | 'help' | 'undo' | 'redo' | 'export' | 'leave'

export const workbenchKeys: readonly KeyRow<WorkbenchAction>[] = [
  { key: 'Mod+k', label: 'Find or do anything', action: 'find' },
  { key: '?', label: 'Show these keys', action: 'help' },
  { key: 'Mod+z', label: 'Undo', action: 'undo' },
  { key: 'Mod+Shift+Z', label: 'Redo', action: 'redo' },
  { key: 'Mod+y', label: 'Redo', action: 'redo' },
  { key: 'Mod+s', label: 'Export the Play as a file', action: 'export' },
  { key: 'Escape', label: 'Leave a question, a Block or a list', action: 'leave' },
]

/** These act even while a field is typed in; undo is then the field's own. */
const whileTyping: readonly WorkbenchAction[] = ['find', 'export']

export const workbenchActionOf = (press: Pressed, typing: boolean): WorkbenchAction | null => {
  const action = actionIn(workbenchKeys, press)
  return action !== null && typing && !whileTyping.includes(action) ? null : action
}
