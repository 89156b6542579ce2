// The sheet: all sections, as the design lays them out.
'use client'
import { Logo } from '../ui/Logo'
import { ThemeToggle } from '../ui/ThemeToggle'
import { Badges } from './Badges'
import { Buttons } from './Buttons'
import { Colours } from './Colours'
import { Fields } from './Fields'
import { Floating } from './Floating'
import { States } from './States'

export const Sheet = () => (
  <main className="flex h-full flex-col gap-3 overflow-y-auto p-4">
    <header className="flex items-center gap-3 text-1">
      <Logo size={22} />
      <h1 className="text-20 leading-[26px] font-semibold">Component sheet</h1>
      <ThemeToggle />
    </header>
    <Colours />
    <div className="grid grid-cols-[500px_1fr_430px] gap-3">
      <Buttons />
      <Fields />
      <Badges />
    </div>
    <div className="grid grid-cols-[1fr_430px] gap-3">
      <States />
      <Floating />
    </div>
  </main>
)
