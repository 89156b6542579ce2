// One run of record, by its permalink; ?trade= shows one of its trades.
import { RunPage } from '../RunPage'

interface Props {
  readonly params: Promise<{ id: string }>
  readonly searchParams: Promise<{ trade?: string | string[] }>
}

const Page = async ({ params, searchParams }: Props) => {
  const { trade } = await searchParams
  const no = typeof trade === 'string' && /^\d{1,9}$/.test(trade) ? Number(trade) : null
  return <RunPage id={(await params).id} trade={no} />
}

export default Page
