// Who made the charts: name and link that the licence of lightweight-charts asks for, in the corner below the price axis.
import { Tooltip } from '../ui/Tooltip'

/** Its NOTICE, in full: https://github.com/tradingview/lightweight-charts/blob/master/NOTICE */
const notice = 'TradingView Lightweight Charts\u2122, Copyright (c) 2026 TradingView, Inc. https://www.tradingview.com/'

/** The corner is as high as the time axis and as wide as the price axis at least (`attributionWidth`). */
export const Attribution = () => (
  <Tooltip text={notice} side="top">
    <a
      href="https://www.tradingview.com/"
      target="_blank"
      rel="noreferrer"
      className="absolute right-0 bottom-0 z-10 grid h-[26px] w-[70px] place-items-center text-10 text-3 -outline-offset-2 hover:text-1"
    >
      TradingView
    </a>
  </Tooltip>
)
