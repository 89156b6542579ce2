// Two runs of record beside each other, by their permalink.
import { ComparePage } from '../../ComparePage'

const Page = async ({ params }: { params: Promise<{ before: string; after: string }> }) => (
  <ComparePage {...(await params)} />
)

export default Page
