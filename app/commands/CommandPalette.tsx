// Find or do on the workbench: every action with its key, every block to add, every node, every Play.
'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useApi } from '../ApiProvider'
import { type Listed, storage } from '../document/storage'
import { useOwn } from '../library/library'
import { marketChoices } from '../workbench/markets'
import { useDocument } from '../workbench/session'
import { useView } from '../workbench/view'
import { type Command, commandsOf } from './commands'
import { CommandList, FindDialog } from './FindDialog'
import { useDoers } from './useDoers'

export interface CommandPaletteProps {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly onDuplicate: () => void
}

/** The Plays of this browser; none while they are read, or when they cannot be. */
const usePlays = (): readonly Listed[] => {
  const [plays, setPlays] = useState<readonly Listed[]>([])
  useEffect(() => {
    let gone = false
    storage()
      .then((store) => store.list())
      .then((list) => {
        if (!gone) setPlays(list)
      })
      .catch(() => {})
    return () => {
      gone = true
    }
  }, [])
  return plays
}

const useCommands = (duplicate: () => void): readonly Command[] => {
  const doers = useDoers(duplicate)
  const { data } = useQuery(useApi().data.list.queryOptions())
  const markets = useMemo(() => marketChoices(data?.series ?? []), [data])
  const plays = usePlays()
  const own = useOwn()
  const document = useDocument((state) => state.document)
  const history = useDocument((state) => state.history)
  const readOnly = useDocument((state) => state.readOnly)
  const chosen = useView(({ selected }) => selected.some((id) => Object.hasOwn(document.tree.nodes, id)))
  return useMemo(
    () => commandsOf(doers, { document, history, readOnly, chosen, plays, own, markets }),
    [doers, document, history, readOnly, chosen, plays, own, markets],
  )
}

const Commands = ({ onDone, onDuplicate }: { onDone: () => void; onDuplicate: () => void }) => (
  <CommandList
    commands={useCommands(onDuplicate)}
    placeholder="Add a block, go to a node, open a Play, do anything"
    onDone={onDone}
  />
)

export const CommandPalette = ({ open, onOpen, onDuplicate }: CommandPaletteProps) => (
  <FindDialog open={open} onOpen={onOpen}>
    <Commands onDone={() => onOpen(false)} onDuplicate={onDuplicate} />
  </FindDialog>
)
