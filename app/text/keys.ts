// The keys of the text that a trader needs to know: for the help. CodeMirror's own keymaps do the work.

export interface TextKey {
  readonly key: string
  readonly label: string
}

export const textKeys: readonly TextKey[] = [
  { key: 'Ctrl+Space', label: 'What can stand here' },
  { key: 'Mod+f', label: 'Find in the text' },
  { key: 'F8', label: 'Go to the next problem' },
  { key: 'Mod+.', label: 'Mend the problem at the cursor' },
  { key: 'F12', label: 'Go to the line that makes this name' },
  { key: 'Mod+Enter', label: 'Show the node on the graph' },
  { key: 'Mod+Shift+M', label: 'List the problems' },
  { key: 'Mod+/', label: 'Make a line a comment, and back' },
  { key: 'Alt+ArrowUp', label: 'Move a line' },
  { key: 'Alt+ArrowDown', label: 'Move a line' },
]
