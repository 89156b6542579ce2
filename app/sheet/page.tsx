// Every component in every state, to be looked at beside the design; not part of the product (PLAYLOOM_SHEET=1 shows it).
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { Sheet } from './Sheet'

const Page = async () => {
  await connection()
  if (process.env.NODE_ENV === 'production' && process.env.PLAYLOOM_SHEET !== '1') notFound()
  return <Sheet />
}

export default Page
