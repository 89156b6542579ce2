// The look of what floats: menus, lists and their rows, shared by every component that opens one.

export const menuSurface = 'z-40 overflow-y-auto rounded-card bg-raised p-1 text-12 text-2 shadow-float outline-none'

export const menuItem =
  'relative flex h-[26px] items-center gap-2 rounded-[4px] px-2 whitespace-nowrap outline-none select-none data-highlighted:bg-hover data-highlighted:text-1 data-disabled:text-off'

export const menuLabel = 'px-2 pt-1.5 pb-0.5 text-11 leading-4 text-3'
export const menuLine = 'my-1 h-px bg-line-2'
