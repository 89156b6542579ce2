// Who may speak to this server, and what its pages may load. Pure: proxy.ts applies it to every request.

/** A request as far as it is judged. */
export interface Caller {
  readonly method: string
  readonly path: string
  readonly host: string | null
  readonly origin: string | null
  /** Sec-Fetch-Site, which browsers set and pages cannot. */
  readonly site: string | null
  readonly contentType: string | null
}

/** Of a request as it came. */
export const callerOf = (
  { method, headers }: { readonly method: string; readonly headers: Pick<Headers, 'get'> },
  path: string,
): Caller => ({
  method,
  path,
  host: headers.get('host'),
  origin: headers.get('origin'),
  site: headers.get('sec-fetch-site'),
  contentType: headers.get('content-type'),
})

export interface Refusal {
  readonly status: 400 | 403 | 415 | 421
  readonly sentence: string
}

/** Names of this machine alone: a strange name that resolves to it (DNS rebinding) is not among them. */
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

const readOnly: readonly string[] = ['GET', 'HEAD']
/** Answers of these paths are data; a page of another site has no business with them. */
const isData = (path: string): boolean => /^\/(api|frames)(\/|$)/.test(path)
const isJson = (type: string | null): boolean => /^application\/json\s*(;|$)/i.test(type ?? '')

/** One path takes files, as bytes: the other type that no form of another site can send. */
const isFile = (path: string, type: string | null): boolean =>
  path === '/api/import' && /^application\/octet-stream\s*(;|$)/i.test(type ?? '')

const refuse = (status: Refusal['status'], sentence: string): Refusal => ({ status, sentence })

/** Why a request is refused, or null. Nothing is ever changed by GET; all else must come from our own page. */
export const refusalOf = ({ method, path, host, origin, site, contentType }: Caller): Refusal | null => {
  if (host === null || !loopback.test(host))
    return refuse(421, 'This address is not served here. Open Playloom at http://127.0.0.1 with its port.')
  if (isData(path) && site !== null && site !== 'same-origin' && !(site === 'none' && readOnly.includes(method)))
    return refuse(403, 'A page of another site asked for this: refused.')
  if (readOnly.includes(method)) return null
  if (origin !== `http://${host}` && origin !== `https://${host}`)
    return refuse(403, 'Only the page of this server may change things here: refused.')
  if (!isJson(contentType) && !isFile(path, contentType)) return refuse(415, 'Send application/json.')
  return null
}

/** The one style element that lightweight-charts adds, without a nonce: that of the mark of its makers. */
const chartMark = "'sha256-3pRED1tOXas1FXFoPb9TGCjmYe9XQsmO9OV23khV2nY='"

/** Content-Security-Policy of a page. Charts, canvas and editor need style attributes; scripts and styles the nonce. */
export const contentSecurityPolicy = (nonce: string, development: boolean): string =>
  [
    "default-src 'self'",
    // React's development build uses eval for its traces and adds styles without a nonce.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}' ${chartMark}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Headers of every answer. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}
