// Runs of record: of all Plays, or of one (?play=).
import { RunList } from './RunList'

const Page = async ({ searchParams }: { searchParams: Promise<{ play?: string | string[] }> }) => {
  const { play } = await searchParams
  return <RunList playId={typeof play === 'string' ? play : null} />
}

export default Page
