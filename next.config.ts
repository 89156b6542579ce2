// Next.js: where the build goes, what stays outside the bundle, and the headers of files that no proxy sees.
import type { NextConfig } from 'next'

/** A worker does not inherit the policy of the page that starts it: its script brings its own. */
const ofScripts =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'"

const config: NextConfig = {
  distDir: 'dist/web',
  poweredByHeader: false,
  // Answers cross this machine's own loopback: packing and unpacking them takes longer than sending them as they are.
  compress: false,
  reactStrictMode: true,
  devIndicators: false,
  // Types are checked by `npm run check`, ring by ring; here all would be checked again with one setting for all.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'app/tsconfig.json' },
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ['@duckdb/node-api', '@duckdb/node-bindings', '@prisma/client', '@prisma/adapter-pg', 'pg'],
  headers: () =>
    Promise.resolve([
      {
        source: '/_next/static/:path*',
        headers: [
          { key: 'Content-Security-Policy', value: ofScripts },
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
        ],
      },
    ]),
}

export default config
