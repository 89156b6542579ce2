// Market data on this machine.
import { DataPage } from './DataPage'

const Page = () => <DataPage />

export default Page
