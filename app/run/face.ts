// How a run is shown.
export type RunFace = 'overview' | 'trades' | 'record'
