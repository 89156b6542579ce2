// One series of market data.
import { SeriesPage } from '../../../SeriesPage'

interface Params {
  readonly instrument: string
  readonly kind: string
  readonly tf: string
}

const Page = async ({ params }: { params: Promise<Params> }) => {
  const { instrument, kind, tf } = await params
  return <SeriesPage instrument={decodeURIComponent(instrument)} kind={kind} tf={tf === 'all' ? null : tf} />
}

export default Page
