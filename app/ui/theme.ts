// Dark or light: kept in a cookie, so that the server sends the right one at once; no component knows which it is.

export type Theme = 'dark' | 'light'

export const themeCookie = 'playloom-theme'
const yearSeconds = 365 * 24 * 3600

export const themeOf = (kept: string | undefined): Theme => (kept === 'light' ? 'light' : 'dark')

/** Of the page as it stands. */
export const currentTheme = (): Theme => themeOf(document.documentElement.dataset.theme)

/** Every canvas that cannot read variables by itself (charts) listens to this event and reads them anew. */
export const themeChanged = 'playloom:theme'

export const setTheme = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store needs https, and this page may be plain http
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`
  window.dispatchEvent(new Event(themeChanged))
}
