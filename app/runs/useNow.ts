// The time of this machine, as often as words like "5 min ago" need it.
'use client'
import { useEffect, useState } from 'react'

const everyMs = 20_000

export const useNow = (): number => {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
