// An address that leads nowhere.
import Link from 'next/link'

const NotFound = () => (
  <main className="grid h-full place-content-center gap-2 text-center">
    <h1 className="text-20 leading-[26px] font-semibold text-1">Nothing is here</h1>
    <p>
      This address leads nowhere. <Link href="/">Go to the workbench</Link>
    </p>
  </main>
)

export default NotFound
