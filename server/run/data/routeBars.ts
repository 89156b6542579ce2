// One port over several: a venue that has a port of its own is served by it, every other by the store.
import type { BarsPort } from '../ports'

const venueOf = (instrument: string): string => instrument.slice(0, Math.max(0, instrument.indexOf(':')))

export const routeBars = (byVenue: Readonly<Record<string, BarsPort>>, store: BarsPort): BarsPort => {
  const of = (instrument: string): BarsPort => {
    const venue = venueOf(instrument)
    return Object.hasOwn(byVenue, venue) ? (byVenue[venue] ?? store) : store
  }
  return {
    series: async (instrument) => {
      if (instrument !== undefined) return await of(instrument).series(instrument)
      const all = await Promise.all([store, ...Object.values(byVenue)].map((port) => port.series()))
      return all.flat()
    },
    bars: (key, toMs) => of(key.instrument).bars(key, toMs),
    funding: (instrument, toMs) => of(instrument).funding(instrument, toMs),
    published: (key, toMs) => of(key.instrument).published(key, toMs),
    facts: (instrument) => of(instrument).facts(instrument),
  }
}
