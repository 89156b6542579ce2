// The market and the timeframe of a Play, as edits: one step of the history each.
import type { DocumentStore } from '../document/store'
import { marketWord } from './markets'

export const tradeMarket = (store: DocumentStore, id: string): void =>
  store.getState().edit(`Trade ${marketWord(id)}`, ({ tree }) => {
    tree.markets.main = id
  })

export const decideOn = (store: DocumentStore, tf: string): void =>
  store.getState().edit(`Decide on ${tf} bars`, ({ tree }) => {
    tree.tf = tf
  })
