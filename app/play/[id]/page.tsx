// The workbench of one Play of this browser.
import { Workbench } from '../../workbench/Workbench'

const Page = async ({ params }: { params: Promise<{ id: string }> }) => <Workbench id={(await params).id} />

export default Page
