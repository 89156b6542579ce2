// Next's proxy: judges who asks before anything runs, and gives every page its nonce and its headers. Headers only.
import { type NextRequest, NextResponse } from 'next/server'
import { callerOf, contentSecurityPolicy, refusalOf, securityHeaders } from './server/api/guard'

const development = process.env.NODE_ENV === 'development'

const withHeaders = (response: NextResponse, policy: string): NextResponse => {
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value)
  response.headers.set('Content-Security-Policy', policy)
  return response
}

export const proxy = (request: NextRequest): NextResponse => {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64')
  const policy = contentSecurityPolicy(nonce, development)
  const refusal = refusalOf(callerOf(request, request.nextUrl.pathname))
  if (refusal !== null)
    return withHeaders(NextResponse.json({ problem: refusal.sentence }, { status: refusal.status }), policy)
  const passed = new Headers(request.headers)
  // Next puts the nonce that it finds here on its own scripts; layout.tsx hands it to libraries that add styles.
  passed.set('content-security-policy', policy)
  passed.set('x-nonce', nonce)
  return withHeaders(NextResponse.next({ request: { headers: passed } }), policy)
}

/**
 * Files of the build are the same for everybody and carry their own headers (next.config.ts). A file that is imported
 * may be of any size, and whatever passes here is cut off without a word after 10 MB: its route judges for itself.
 */
export const config = { matcher: ['/((?!_next/static/|api/import$).*)'] }
