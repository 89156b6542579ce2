// Names of types as people say them: on nodes, in the palette, in the labels of the history.

const spoken: Readonly<Record<string, string>> = {
  ema: 'EMA',
  sma: 'SMA',
  rsi: 'RSI',
  macd: 'MACD',
  adx: 'ADX',
  atr: 'ATR',
  bbands: 'Bollinger bands',
  k_of_n: 'K of N',
  add: 'Plus',
  sub: 'Minus',
  mul: 'Times',
  div: 'Divided by',
  percent_of: 'Percent of',
  exit_when: 'Exit when',
  break_even: 'Break-even',
}

/** `crosses_above` is "Crosses above", `lib/no_chop@1` "No chop". */
export const typeLabel = (key: string): string => {
  const name = (key.split('/').at(-1) ?? key).split('@')[0] ?? key
  const known = key.includes('/') || !Object.hasOwn(spoken, name) ? undefined : spoken[name]
  if (known !== undefined) return known
  const words = name.replaceAll('_', ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
