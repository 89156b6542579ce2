// Home: where a Play is begun, opened or brought in.
import { Home } from './home/Home'

const Page = () => <Home />

export default Page
