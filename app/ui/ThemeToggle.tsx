// Dark or light, with one press.
'use client'
import { Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { IconButton } from './IconButton'
import { currentTheme, setTheme, themeChanged } from './theme'

const watch = (changed: () => void) => {
  window.addEventListener(themeChanged, changed)
  return () => window.removeEventListener(themeChanged, changed)
}

export const ThemeToggle = () => {
  const theme = useSyncExternalStore(watch, currentTheme, () => 'dark' as const)
  const next = theme === 'dark' ? 'light' : 'dark'
  return (
    <IconButton
      label={`Use the ${next} theme`}
      icon={theme === 'dark' ? <Sun size={15} aria-hidden /> : <Moon size={15} aria-hidden />}
      onClick={() => setTheme(next)}
    />
  )
}
