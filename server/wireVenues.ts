// Where the venues are built. Apart from wire.ts, which the web process loads: that one must never hold ccxt.
import type { Env } from './env'
import type { VenuePort } from './run/ports'

/** Public history of venues. Loaded late: ccxt is large. */
export const openVenues = async ({ venueUrl }: Env): Promise<VenuePort> => {
  const { createVenues } = await import('./io/exchange/venues')
  return createVenues({ url: venueUrl })
}
