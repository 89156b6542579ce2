// The workbench laid out for the window: side by side, with the evidence as a drawer, or for reading on a phone.
'use client'
import { PanelRightClose, PanelRightOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import { Canvas } from '../canvas/Canvas'
import { Palette } from '../canvas/Palette'
import { ExplainBar } from '../results/ExplainBar'
import { headlines } from '../results/headline'
import { useReport } from '../results/useReport'
import { TextFace } from '../text/TextFace'
import { Boundary } from '../ui/Boundary'
import { Button } from '../ui/Button'
import { Split } from '../ui/Split'
import { belowDesk, belowTablet, useMedia } from '../ui/useMedia'
import { WordsFace } from '../words/WordsFace'
import { Evidence } from './Evidence'
import { Reader } from './Reader'
import { useView } from './view'

/** The answer to "why not" needs the room that the palette leaves. */
const answering = { play: 51, evidence: 49 } as const

const Face = () => {
  const face = useView((view) => view.face)
  if (face === 'text')
    return (
      <Boundary what="The text">
        <TextFace />
      </Boundary>
    )
  if (face === 'words')
    return (
      <Boundary what="The page of words">
        <WordsFace />
      </Boundary>
    )
  return (
    <Boundary what="The graph">
      <Canvas />
    </Boundary>
  )
}

const Centre = ({ notices }: { notices: ReactNode }) => {
  const question = useView((view) => view.question)
  return (
    <section aria-label="Play" className="flex h-full min-h-0 min-w-0 flex-1 flex-col bg-canvas">
      {notices}
      {question !== null && <ExplainBar />}
      <div className="min-h-0 min-w-0 flex-1">
        <Face />
      </div>
    </section>
  )
}

const Blocks = () => (
  <aside aria-label="Blocks to add" className="w-44 flex-none border-r border-line-1 bg-panel min-[1900px]:w-52">
    <Boundary what="The list of blocks">
      <Palette />
    </Boundary>
  </aside>
)

const usePalette = (): boolean =>
  useView(({ face, question, inside }) => face === 'graph' && question === null && inside.length === 0)

const Desk = ({ notices }: { notices: ReactNode }) => {
  const palette = usePalette()
  const asking = useView(({ question }) => question?.kind === 'bar')
  return (
    <main className="flex min-h-0 min-w-0 bg-app">
      {palette && <Blocks />}
      <div className="min-h-0 min-w-0 flex-1">
        <Split
          direction="row"
          label="Border between the Play and its evidence"
          keep="evidence"
          forNow={asking ? answering : null}
          parts={[
            { id: 'play', content: <Centre notices={notices} />, minSize: '360px' },
            { id: 'evidence', content: <Evidence />, defaultSize: '41%', minSize: '420px' },
          ]}
        />
      </div>
    </main>
  )
}

const shown = ['Net profit', 'Max drawdown', 'Trades'] as const

/** What the drawer holds in three figures, and its handle. */
const DrawerBar = ({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) => {
  const report = useReport()
  const figures = report === null ? [] : headlines(report)
  const [Icon, words] = open ? [PanelRightClose, 'Hide the evidence'] : [PanelRightOpen, 'Show the evidence']
  return (
    <div className="flex h-11 flex-none items-center gap-5 border-t border-line-1 bg-panel pr-1.5 pl-3 whitespace-nowrap">
      {figures
        .filter(({ label }) => shown.some((one) => one === label))
        .map(({ label, value }) => (
          <span key={label} className="flex items-baseline gap-1.5 tabular-nums">
            <span className="text-11 text-3">{label}</span>
            <b>{value ?? 'not enough data'}</b>
          </span>
        ))}
      {figures.length === 0 && <span className="text-11 text-3">No result yet</span>}
      <Button
        look="quiet"
        className="ml-auto"
        aria-expanded={open}
        {...(open ? { 'aria-controls': 'evidence' } : {})}
        onClick={() => onOpen(!open)}
      >
        <Icon size={15} aria-hidden />
        {words}
      </Button>
    </div>
  )
}

const Drawered = ({ notices }: { notices: ReactNode }) => {
  const open = useView((view) => view.drawer)
  const palette = usePalette() && !open
  return (
    <main className="grid min-h-0 min-w-0 grid-rows-[minmax(0,1fr)_auto] bg-app">
      <div className="flex min-h-0 min-w-0">
        {palette && <Blocks />}
        <Centre notices={notices} />
        {open && (
          <div id="evidence" className="w-[min(500px,62%)] flex-none border-l border-line-2">
            <Evidence />
          </div>
        )}
      </div>
      <DrawerBar open={open} onOpen={(drawer) => useView.setState({ drawer })} />
    </main>
  )
}

/** `notices`: what must be said above the Play, such as that it is open in another tab. */
export const Frame = ({ notices }: { notices: ReactNode }) => {
  const drawered = useMedia(belowDesk)
  const phone = useMedia(belowTablet)
  if (phone) return <Reader notices={notices} />
  return drawered ? <Drawered notices={notices} /> : <Desk notices={notices} />
}
