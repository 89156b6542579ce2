// What we take of ccxt, for our bundles: its own entry loads a hundred venues more, half a second at every start. Which
// names these are is what server/io/exchange imports: a bundle that lacks one is not built.
export * from '../node_modules/ccxt/js/src/base/errors.js'
export { default as binance } from '../node_modules/ccxt/js/src/binance.js'
export { default as binanceusdm } from '../node_modules/ccxt/js/src/binanceusdm.js'
export { default as bybit } from '../node_modules/ccxt/js/src/bybit.js'
