// The trade that is looked at: its stop with every step, targets, and the words on them, none over another.
import { type MarkGround, spotOf } from './drawTrades'
import { font, lineHeight, rimmed } from './ink'
import type { Box, LabelAsk, Places } from './labels'
import { barX, type Sheet, type Space, seen, xOf } from './space'
import type { TradePath } from './trades'

const level = (space: Sheet, at: { fromMs: number; toMs: number; price: number }): void => {
  const { context } = space
  const y = Math.round(space.y(at.price)) + 0.5
  context.moveTo(xOf(space, at.fromMs), y)
  context.lineTo(xOf(space, at.toMs), y)
}

/** One line with its steps: where the stop stood, and when it moved. */
const drawStops = (space: Sheet, { stops }: TradePath): void => {
  const { context } = space
  context.strokeStyle = space.colours.neg
  context.lineWidth = 1.5
  context.beginPath()
  stops.forEach(({ fromMs, toMs, price }, i) => {
    const [x, y] = [xOf(space, fromMs), Math.round(space.y(price)) + 0.5]
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
    context.lineTo(xOf(space, toMs), y)
  })
  context.stroke()
}

const drawTargets = (space: Sheet, { targets }: TradePath): void => {
  const { context } = space
  context.strokeStyle = space.colours.pos
  context.lineWidth = 1
  context.setLineDash([1.5, 2.5])
  for (const target of targets) {
    context.globalAlpha = target.filled ? 1 : 0.55
    context.beginPath()
    level(space, target)
    context.stroke()
  }
  context.globalAlpha = 1
  context.setLineDash([])
}

type Tone = 'pos' | 'neg' | 'text' | 'hint'

interface Wish extends Omit<LabelAsk, 'w' | 'h'> {
  readonly text: string
  readonly tone: Tone
  readonly bold?: boolean
}

export interface Label {
  readonly text: string
  readonly tone: Tone
  readonly bold: boolean
  readonly box: Box
}

/** Words of a trade in the order in which they get their places: what was done before what was planned. */
const wishesOf = (space: Space, path: TradePath, ground: MarkGround): Wish[] => {
  const { entryMs, entryPrice, side, exits, targets, moved } = path
  const long = side === 'long'
  const entry = spotOf(space, { kind: 'entry', ms: entryMs, price: entryPrice, side }, ground)
  return [
    { ...entry, text: long ? 'Long' : 'Short', tone: 'text', bold: true, prefer: long ? 'below' : 'above' },
    ...exits.map(
      ({ ms, price, won, label }): Wish => ({
        x: barX(space, ms),
        y: space.y(price),
        text: label,
        tone: won ? 'pos' : 'neg',
      }),
    ),
    ...(moved === null
      ? []
      : [
          {
            x: xOf(space, moved.ms),
            y: space.y(moved.price),
            text: moved.label,
            tone: 'neg' as const,
            prefer: 'right' as const,
          },
        ]),
    ...targets
      .filter(({ filled }) => !filled)
      .map(({ toMs, price, label }): Wish => ({ x: xOf(space, toMs), y: space.y(price), text: label, tone: 'pos' })),
  ]
}

/** Does the mark of a wish lie where something can be seen. */
const inSight = (space: Space, { x, y }: Wish): boolean => x >= 0 && x <= space.width && y >= 0 && y <= space.height

/** Where the words of a trade stand; what has no room is left out. */
export const placePath = (
  sheet: Sheet,
  path: TradePath,
  { places, ground }: { places: Places; ground: MarkGround },
): Label[] =>
  wishesOf(sheet, path, ground)
    .filter((wish) => inSight(sheet, wish))
    .flatMap(({ text, tone, bold = false, ...at }) => {
      sheet.context.font = font(sheet, bold ? 600 : 500)
      const box = places.take({ ...at, w: sheet.context.measureText(text).width, h: lineHeight })
      return box === null ? [] : [{ text, tone, bold, box }]
    })

/** Levels of a trade, and the share and R of each exit. */
export const drawPath = (sheet: Sheet, path: TradePath, labels: readonly Label[]): void => {
  const { context, colours } = sheet
  if (seen(sheet, path.entryMs, path.endMs)) {
    drawTargets(sheet, path)
    drawStops(sheet, path)
  }
  context.textBaseline = 'middle'
  for (const { text, tone, bold, box } of labels) {
    context.font = font(sheet, bold ? 600 : 500)
    context.fillStyle = colours[tone]
    rimmed(context, text, { x: box.x, y: box.y + box.h / 2, rim: colours.ground })
  }
}
