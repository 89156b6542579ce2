// The open Play, its document store and the engine, handed to every panel of the workbench.
'use client'
import { createContext, createElement, type ReactNode, use } from 'react'
import { useStore } from 'zustand'
import type { DocumentState, DocumentStore } from '../document/store'
import type { Engine } from '../engine/engine'

export interface Session {
  readonly store: DocumentStore
  readonly engine: Engine
}

const SessionContext = createContext<Session | null>(null)

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) =>
  createElement(SessionContext, { value: session }, children)

export const useSession = (): Session => {
  const session = use(SessionContext)
  if (session === null) throw new Error('a panel of the workbench stands outside its session')
  return session
}

/** A part of the document's state; draws anew only when that part changes. */
export const useDocument = <T>(select: (state: DocumentState) => T): T => useStore(useSession().store, select)
