// The published description of the API.
import { version } from '../../../package.json'
import { describeApi } from '../../../server/api/describe'
import { appRouter } from '../../../server/api/router'

export const dynamic = 'force-dynamic'

export const GET = (): Response => Response.json(describeApi(appRouter, version))
