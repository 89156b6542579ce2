// Opens the list of all that can be found and done; its key is printed on it.
'use client'
import { Search } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button } from '../ui/Button'
import { Kbd } from '../ui/Kbd'
import { isMac, keyText } from '../ui/keys'

const never = () => () => {}

export const FindButton = ({ onFind }: { onFind: () => void }) => {
  const mac = useSyncExternalStore(never, isMac, () => false)
  return (
    <Button
      look="quiet"
      onClick={onFind}
      aria-label="Find or do"
      aria-keyshortcuts="Control+K Meta+K"
      className="px-1.5"
    >
      <Search size={15} aria-hidden />
      <span className="max-lg:hidden">
        <Kbd>{keyText('Mod+k', mac)}</Kbd>
      </span>
    </Button>
  )
}
