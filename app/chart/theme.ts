// The design tokens as a canvas needs them: read once per theme from the page, never written down here.

const names = {
  ground: '--canvas',
  panel: '--panel',
  grid: '--grid',
  line: '--line-1',
  lineStrong: '--line-2',
  lineHover: '--line-3',
  hover: '--hover',
  text: '--text-1',
  body: '--text-2',
  hint: '--text-3',
  pos: '--pos',
  neg: '--neg',
  negGround: '--neg-bg',
  you: '--you',
  up: '--up',
  down: '--down',
  volumeUp: '--vol-up',
  volumeDown: '--vol-down',
  level: '--t-level',
  s1: '--s1',
  s2: '--s2',
  s3: '--s3',
  s4: '--s4',
  s5: '--s5',
} as const

export type Colours = Readonly<Record<keyof typeof names, string>> & { readonly font: string }

export const readColours = (element: Element): Colours => {
  const style = getComputedStyle(element)
  const read = Object.entries(names).map(([key, token]) => [key, style.getPropertyValue(token).trim()])
  // Every name of the list has been read.
  return { ...(Object.fromEntries(read) as Record<keyof typeof names, string>), font: style.fontFamily }
}
