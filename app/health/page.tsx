// What runs of this Playloom, and what does not.
import { HealthPage } from './HealthPage'

const Page = () => <HealthPage />

export default Page
