// GET /api/health: for scripts and monitors. 200 while nothing is in trouble, else 503; the same rows as the page.
import { context } from '../../../server/api/context'
import { healthRows } from '../../../server/api/system'

export const dynamic = 'force-dynamic'

export const GET = async () => {
  const rows = await healthRows(context)
  const ok = rows.every(({ state }) => state !== 'trouble')
  return Response.json({ ok, rows }, { status: ok ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
