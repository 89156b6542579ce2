// What engine and server say, as the page says it.

/** With a capital and a full stop. */
export const sentence = (text: string): string => {
  const end = /[.!?]$/.test(text) ? '' : '.'
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${end}`
}
