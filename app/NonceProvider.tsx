// The nonce of this page for libraries that add style elements (CodeMirror, Radix): the policy refuses others.
'use client'
import { createContext, type ReactNode, use } from 'react'

const NonceContext = createContext('')

export const useNonce = (): string => use(NonceContext)

export const NonceProvider = ({ nonce, children }: { nonce: string; children: ReactNode }) => {
  // Radix' scroll lock asks for the nonce by this name, of webpack's making.
  if (typeof window !== 'undefined') Object.assign(window, { __webpack_nonce__: nonce })
  return <NonceContext value={nonce}>{children}</NonceContext>
}
