// The ground of every page: fonts, theme, nonce, the line to the server and the notices.
import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ApiProvider } from './ApiProvider'
import { NonceProvider } from './NonceProvider'
import './styles/app.css'
import { Notices } from './ui/Notices'
import { TooltipProvider } from './ui/Tooltip'
import { themeCookie, themeOf } from './ui/theme'

const inter = localFont({ src: './fonts/inter.woff2', weight: '400 700', variable: '--ff-inter', display: 'swap' })
const mono = localFont({
  src: './fonts/jetbrainsMono.woff2',
  weight: '400 700',
  variable: '--ff-jetbrains',
  display: 'swap',
  preload: false,
})

export const metadata: Metadata = {
  title: 'Playloom',
  description: 'Draw a strategy as a graph and find out if it is true.',
  icons: { icon: '/icon.svg' },
}
export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

// The theme comes with the first byte, from a cookie: no script, no flash of the other one.
const Layout = async ({ children }: { children: ReactNode }) => {
  const theme = themeOf((await cookies()).get(themeCookie)?.value)
  const nonce = (await headers()).get('x-nonce') ?? ''
  return (
    <html lang="en" data-theme={theme} className={`${inter.variable} ${mono.variable}`} suppressHydrationWarning>
      <body>
        <NonceProvider nonce={nonce}>
          <ApiProvider>
            <TooltipProvider>
              {children}
              <Notices />
            </TooltipProvider>
          </ApiProvider>
        </NonceProvider>
      </body>
    </html>
  )
}

export default Layout
