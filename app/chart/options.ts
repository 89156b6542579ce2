// Settings of lightweight-charts that both charts share: tokens, axes, no lines of its own where ours stand.
import {
  type ChartOptions,
  ColorType,
  CrosshairMode,
  type DeepPartial,
  LineStyle,
  TickMarkType,
  type Time,
} from 'lightweight-charts'
import { tickText } from './text'
import type { Colours } from './theme'

/** What the word in the corner below the price axis needs, px. */
export const attributionWidth = 70

const weights: Readonly<Record<TickMarkType, number>> = {
  [TickMarkType.Year]: 0,
  [TickMarkType.Month]: 1,
  [TickMarkType.DayOfMonth]: 2,
  [TickMarkType.Time]: 3,
  [TickMarkType.TimeWithSeconds]: 3,
}

export const optionsOf = (colours: Colours): DeepPartial<ChartOptions> => ({
  autoSize: true,
  layout: {
    background: { type: ColorType.Solid, color: colours.ground },
    textColor: colours.hint,
    fontFamily: colours.font,
    fontSize: 10.5,
    // Its mark would lie over the lowest pane: Attribution.tsx says the same in the corner of the axes.
    attributionLogo: false,
    panes: { separatorColor: colours.line, separatorHoverColor: colours.hover, enableResize: true },
  },
  grid: { vertLines: { color: colours.grid }, horzLines: { color: colours.grid } },
  rightPriceScale: { borderColor: colours.line, minimumWidth: attributionWidth },
  timeScale: {
    borderColor: colours.line,
    minBarSpacing: 0.3,
    timeVisible: true,
    // More bars on one side are the same bars: the view stays where it is.
    shiftVisibleRangeOnNewBar: false,
    tickMarkFormatter: (time: Time, type: TickMarkType) => tickText(Number(time) * 1000, weights[type]),
  },
  crosshair: {
    mode: CrosshairMode.Normal,
    // The time cursor is ours: it stays when the mouse leaves, and follows other panels.
    vertLine: { visible: false, labelVisible: false },
    horzLine: {
      color: colours.lineHover,
      style: LineStyle.Dotted,
      labelBackgroundColor: colours.lineStrong,
    },
  },
})

/** Share of the height: the candles keep at least three fifths. */
export const paneStretch = (index: number, panes: number): number => (index === 0 ? 6 : panes === 1 ? 1.2 : 1.1)
