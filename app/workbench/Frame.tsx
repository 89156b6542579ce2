// The workbench laid out: palette, the Play in one of its faces, and the evidence beside it. Panels scroll inside.
'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { Canvas } from '../canvas/Canvas'
import { Palette } from '../canvas/Palette'
import { ExplainBar } from '../results/ExplainBar'
import { TextFace } from '../text/TextFace'
import { Split } from '../ui/Split'
import { WordsFace } from '../words/WordsFace'
import { Evidence } from './Evidence'
import { useView } from './view'

/** Below this width the evidence lies under the Play instead of beside it. */
const narrow = '(max-width: 1279px)'

/** The answer to "why not" needs the room that the palette leaves. */
const answering = { play: 51, evidence: 49 } as const

const useMedia = (query: string): boolean => {
  const [matches, setMatches] = useState(false)
  useEffect(() => {
    const media = window.matchMedia(query)
    const take = (): void => setMatches(media.matches)
    take()
    media.addEventListener('change', take)
    return () => media.removeEventListener('change', take)
  }, [query])
  return matches
}

const Face = () => {
  const face = useView((view) => view.face)
  if (face === 'text') return <TextFace />
  if (face === 'words') return <WordsFace />
  return <Canvas />
}

const Centre = ({ notices }: { notices: ReactNode }) => {
  const question = useView((view) => view.question)
  return (
    <section aria-label="Play" className="flex h-full min-h-0 min-w-0 flex-col bg-canvas">
      {notices}
      {question !== null && <ExplainBar />}
      <div className="min-h-0 min-w-0 flex-1">
        <Face />
      </div>
    </section>
  )
}

/** `notices`: what must be said above the Play, such as that it is open in another tab. */
export const Frame = ({ notices }: { notices: ReactNode }) => {
  const palette = useView(({ face, question, inside }) => face === 'graph' && question === null && inside.length === 0)
  const asking = useView(({ question }) => question?.kind === 'bar')
  const stacked = useMedia(narrow)
  return (
    <main className="flex min-h-0 min-w-0 bg-app">
      {palette && (
        <aside aria-label="Blocks to add" className="w-44 flex-none border-r border-line-1 bg-panel min-[1900px]:w-52">
          <Palette />
        </aside>
      )}
      <div className="min-h-0 min-w-0 flex-1">
        <Split
          key={stacked ? 'stacked' : 'beside'}
          direction={stacked ? 'column' : 'row'}
          label="Border between the Play and its evidence"
          forNow={asking && !stacked ? answering : null}
          parts={[
            { id: 'play', content: <Centre notices={notices} />, minSize: stacked ? '30%' : '360px' },
            {
              id: 'evidence',
              content: <Evidence />,
              defaultSize: stacked ? '50%' : '41%',
              minSize: stacked ? '30%' : '420px',
            },
          ]}
        />
      </div>
    </main>
  )
}
