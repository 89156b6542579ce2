// The look of the strips below the lanes: the side that is not written out, risk, parameters.
export const strip =
  'flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line-2 bg-raised px-3 py-0.5 text-[11.5px] text-2 shadow-rest'
