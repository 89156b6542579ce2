// Which menu of the bar above is open: its button opens it, and so may a command.
import { create } from 'zustand'

export type BarMenu = 'range' | 'costs' | 'versions'

export const useMenus = create<{ readonly open: BarMenu | null }>()(() => ({ open: null }))

/** Of one menu: whether it is open, and how to change that. */
export const useMenu = (menu: BarMenu): readonly [open: boolean, onOpen: (open: boolean) => void] => [
  useMenus((menus) => menus.open === menu),
  (open) => useMenus.setState({ open: open ? menu : null }),
]
