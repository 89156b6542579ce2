// Panels side by side or above each other whose border can be dragged, or moved with the arrow keys.
'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { Group, Panel, type PanelProps, Separator, useGroupRef } from 'react-resizable-panels'
import { classes } from './classes'
import { keepSizes, keptSizes } from './sizes'

export interface SplitPart extends Pick<PanelProps, 'defaultSize' | 'minSize' | 'maxSize' | 'collapsible'> {
  readonly id: string
  readonly content: ReactNode
}

export interface SplitProps {
  /** `row`: side by side. */
  readonly direction: 'row' | 'column'
  /** Sizes as the library takes them: "30%", "500px" or pixels. Parts may come and go. */
  readonly parts: readonly SplitPart[]
  /** Read to those who move the border with the keyboard. */
  readonly label: string
  /** Name under which this browser keeps the sizes that somebody gave the parts. */
  readonly keep?: string
  /** Shares in percent by id, for as long as they are handed in; what was there before comes back after them. */
  readonly forNow?: Readonly<Record<string, number>> | null
}

const Border = ({ direction, label }: Pick<SplitProps, 'direction' | 'label'>) => (
  <Separator
    aria-label={label}
    className={classes(
      'relative flex-none bg-line-1 outline-offset-0 transition-colors duration-(--move-fast) after:absolute after:z-10 data-[separator=active]:bg-you data-[separator=hover]:bg-line-3',
      direction === 'row' ? 'w-px after:inset-y-0 after:-inset-x-1' : 'h-px after:inset-x-0 after:-inset-y-1',
    )}
  />
)

const useForNow = (forNow: NonNullable<SplitProps['forNow']> | null) => {
  const group = useGroupRef()
  useEffect(() => {
    const { current } = group
    if (forNow === null || current === null) return
    const before = current.getLayout()
    current.setLayout({ ...forNow })
    return () => {
      group.current?.setLayout(before)
    }
  }, [forNow, group])
  return group
}

export const Split = ({ direction, parts, label, keep, forNow = null }: SplitProps) => {
  const [kept] = useState(() => (keep === undefined ? null : keptSizes(keep, parts)))
  return (
    <Group
      orientation={direction === 'row' ? 'horizontal' : 'vertical'}
      groupRef={useForNow(forNow)}
      {...(kept === null ? {} : { defaultLayout: kept })}
      onLayoutChanged={(layout, { isUserInteraction }) => {
        // Sizes for now are nobody's taste.
        if (keep !== undefined && isUserInteraction && forNow === null) keepSizes(keep, layout)
      }}
      className="h-full min-h-0 w-full"
    >
      {parts.flatMap(({ id, content, ...size }, i) => [
        ...(i === 0 ? [] : [<Border key={`border ${id}`} direction={direction} label={label} />]),
        <Panel key={id} id={id} className="flex min-h-0 min-w-0 flex-col" {...size}>
          {content}
        </Panel>,
      ])}
    </Group>
  )
}
