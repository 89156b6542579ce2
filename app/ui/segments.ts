// The look of a strip of choices side by side: tabs and segmented controls are told apart by what they do.

export const strip = (size: 's' | 'm'): string =>
  `inline-flex flex-none rounded-node border border-line-2 bg-inset p-px ${size === 's' ? 'h-6 pointer-coarse:h-8' : 'h-7 pointer-coarse:h-9'}`

export const segment = (size: 's' | 'm'): string =>
  `flex items-center gap-[5px] rounded-[4px] font-medium text-3 hover:text-2 data-[state=active]:bg-active data-[state=active]:text-1 data-[state=on]:bg-active data-[state=on]:text-1 disabled:text-off ${
    size === 's' ? 'px-[7px] text-11' : 'px-[9px] text-12'
  }`
