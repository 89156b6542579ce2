// The one page: the ground on which the workbench stands.
import { FirstRun } from './FirstRun'

const Page = () => <FirstRun />

export default Page
