// How the Play stands, beside its title; behind it its versions.
'use client'
import { CloudCheck, CloudOff, TriangleAlert } from 'lucide-react'
import { useSaveState } from '../document/autosave'
import { classes } from '../ui/classes'
import { Popover } from '../ui/Popover'
import { useLate } from '../ui/Progress'
import { useMenu } from '../workbench/menus'
import { useSync } from './sync'
import { VersionDialog } from './VersionDialog'
import { VersionList } from './VersionList'
import { useVersions } from './versions'
import { type StandingWords, standingWords } from './words'

const icons = { calm: CloudCheck, away: CloudOff, trouble: TriangleAlert } as const

/** A save that is quick is none that anybody has to see. */
const useStanding = (): StandingWords => {
  const state = useSync((sync) => sync.state)
  const save = useSaveState((one) => one.state)
  const late = useLate(state.kind === 'sending', 800)
  return standingWords(state.kind === 'sending' && !late ? { kind: 'saved' } : state, save)
}

export const SyncMenu = () => {
  const { tone, word, sentence } = useStanding()
  const [open, setOpen] = useMenu('versions')
  const looking = useVersions((versions) => versions.looking)
  const Icon = icons[tone]
  return (
    <>
      <Popover
        label="Versions of this Play"
        open={open}
        onOpen={setOpen}
        className="w-[380px] max-w-[calc(100vw-16px)] p-0!"
        trigger={
          <button
            type="button"
            aria-label={word === null ? 'Versions' : `${word}. Versions`}
            title={sentence}
            className={classes(
              'flex h-6 flex-none items-center gap-1 rounded-chip px-1.5 text-11 transition-colors hover:bg-hover data-[state=open]:bg-active',
              tone === 'calm' ? 'text-3 hover:text-1' : tone === 'away' ? 'text-2' : 'text-warn',
            )}
          >
            <Icon size={14} aria-hidden />
            {word !== null && (
              <span className={tone === 'calm' ? 'max-[1600px]:sr-only' : 'max-xl:sr-only'}>{word}</span>
            )}
          </button>
        }
      >
        <p className="border-b border-line-1 px-3 py-2 text-11 leading-4 text-3">{sentence}</p>
        <VersionList />
      </Popover>
      {looking !== null && <VersionDialog id={looking} onClose={() => useVersions.setState({ looking: null })} />}
    </>
  )
}
