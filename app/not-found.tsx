// An address that leads nowhere.
import Link from 'next/link'
import { Message } from './workbench/Shell'

const NotFound = () => (
  <Message title="Not found" at="nowhere">
    <div className="text-center">
      <h1 className="text-20 leading-[26px] font-semibold text-1">Nothing is here</h1>
      <p className="mt-1 text-13">
        This address leads nowhere. <Link href="/">Go to all Plays</Link>
      </p>
    </div>
  </Message>
)

export default NotFound
