// All keys, by the place where they act.
'use client'
import { Dialog } from '../ui/Dialog'
import { Kbd } from '../ui/Kbd'
import { isMac, keyText } from '../ui/keys'
import { type HelpKey, keyGroups } from './keys'

export interface HelpDialogProps {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

const Row = ({ row, mac }: { row: HelpKey; mac: boolean }) => (
  <div className="flex min-h-6 items-center gap-3 py-0.5">
    <dt className="flex w-24 flex-none flex-wrap gap-1">
      {row.keys.map((key) => (
        <Kbd key={key}>{keyText(key, mac)}</Kbd>
      ))}
    </dt>
    <dd className="min-w-0 flex-1 text-2">{row.label}</dd>
  </div>
)

const Keys = () => {
  const mac = isMac()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the list is longer than the dialog and scrolls by the keyboard
    <section aria-label="List of keys" tabIndex={0} className="columns-2 gap-8">
      {keyGroups.map(({ title, keys }) => (
        <section key={title} className="mb-4 break-inside-avoid-column">
          <h3 className="mb-1 text-11 leading-4 font-medium text-3">{title}</h3>
          <dl>
            {keys.map((row) => (
              <Row key={row.label} row={row} mac={mac} />
            ))}
          </dl>
        </section>
      ))}
    </section>
  )
}

export const HelpDialog = ({ open, onOpen }: HelpDialogProps) => (
  <Dialog open={open} onOpen={onOpen} title="Keys" about="Everything can be done without the mouse." wide>
    <Keys />
  </Dialog>
)
