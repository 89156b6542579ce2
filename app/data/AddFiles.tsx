// Files chosen by hand: market data of any layout that is read, several at once.
'use client'
import { FilePlus2 } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../ui/Button'

export const AddFiles = ({ onFiles }: { onFiles: (files: readonly File[]) => void }) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <FilePlus2 size={14} aria-hidden />
        <span className="max-md:sr-only">Add files</span>
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept=".csv,.zip,.gz,.parquet,.json"
        aria-label="Files of market data"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          // The same files can be chosen again.
          event.currentTarget.value = ''
          onFiles(files)
        }}
      />
    </>
  )
}
