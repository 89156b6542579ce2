// What opens: menus, popovers, dialogs, notices, tabs.
'use client'
import { Copy, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ContextMenu, Menu, type MenuEntry } from '../ui/Menu'
import { notify } from '../ui/notify'
import { Popover } from '../ui/Popover'
import { Split } from '../ui/Split'
import { Tabs } from '../ui/Tabs'
import { Section } from './Section'

const nothing = () => undefined

const entries: readonly MenuEntry[] = [
  { kind: 'label', label: 'Play' },
  { label: 'Duplicate', run: nothing, keys: 'Ctrl+D', icon: <Copy size={13} aria-hidden /> },
  { label: 'Snap to grid', run: nothing, checked: true },
  { label: 'Share', run: nothing, disabled: true },
  { kind: 'line' },
  { label: 'Delete', run: nothing, danger: true, keys: 'Del', icon: <Trash2 size={13} aria-hidden /> },
]

const sayAll = () => {
  const undo = { label: 'Undo', run: nothing }
  notify({ tone: 'done', text: 'Published v13.', detail: 'Two Plays use this block.', action: undo })
  notify({ tone: 'error', text: 'Not saved.', detail: 'Another tab changed this Play 8 s ago.' })
  notify({ tone: 'you', text: 'Showing trade 137 on every panel.' })
}

const Ask = () => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Dialog</Button>
      <Dialog
        open={open}
        onOpen={setOpen}
        title="Delete this Play?"
        about="Its versions and its layout go with it. You can take this back for a while."
        foot={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button look="danger" onClick={() => setOpen(false)}>
              Delete
            </Button>
          </>
        }
      >
        EMA pullback, 17 nodes, last changed today.
      </Dialog>
    </>
  )
}

export const Floating = () => {
  const [tab, setTab] = useState<'list' | 'funnel'>('list')
  return (
    <Section title="What opens">
      <div className="mb-3 flex flex-wrap gap-2">
        <Menu entries={entries}>
          <Button>Menu</Button>
        </Menu>
        <ContextMenu entries={entries}>
          <Button look="quiet">Right mouse button</Button>
        </ContextMenu>
        <Popover label="Does not fit" trigger={<Button>Popover</Button>} className="w-56">
          <b>Does not fit</b>
          <p>This is a price. The port needs true or false at bar close.</p>
        </Popover>
        <Ask />
        <Button onClick={sayAll}>Notices</Button>
      </div>
      <div className="h-36 overflow-hidden rounded-card border border-line-1">
        <Split
          direction="row"
          label="Width of the list"
          parts={[
            {
              id: 'tabs',
              minSize: '30%',
              content: (
                <Tabs
                  label="Evidence"
                  value={tab}
                  onValue={setTab}
                  head={<b>Trades</b>}
                  tabs={[
                    { value: 'list', label: 'List', content: <p className="px-3">149 trades</p> },
                    { value: 'funnel', label: 'Funnel', content: <p className="px-3">5 conditions</p> },
                  ]}
                />
              ),
            },
            { id: 'rest', minSize: '20%', content: <p className="dotted h-full p-3">Canvas</p> },
          ]}
        />
      </div>
    </Section>
  )
}
