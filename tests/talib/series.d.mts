// Types of series.mjs.
export declare const rows: number
export declare const seed: number
export declare const makeSeries: () => Readonly<Record<'open' | 'high' | 'low' | 'close', readonly number[]>>
