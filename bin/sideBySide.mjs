// Lanes side by side: each begins as soon as those it comes after have ended and a seat is free.

/**
 * @typedef {object} Lane
 * @property {string} name
 * @property {boolean} [basis] all that follow stand on it: they wait for its end, and none of them begins when it fails
 * @property {readonly string[]} [after] names of lanes that end before it begins, where they are run at all
 * @property {boolean} [alone] nothing runs beside it
 */

/** Whether all have ended that come before `lane`; `open`: those that have not, in the order of the list. */
const isNext = (lane, open) =>
  open.slice(0, open.indexOf(lane)).every(({ basis }) => basis !== true) &&
  open.every(({ name }) => lane.after?.includes(name) !== true)

const fits = (lane, running, seats) =>
  running.length === 0 || (running.length < seats && [lane, ...running].every(({ alone }) => alone !== true))

/**
 * Runs the lanes, at most `seats` at once, of those that may begin the first of the list. Ends when all have ended.
 * @template {Lane} L
 * @param {readonly L[]} lanes
 * @param {number} seats
 * @param {(lane: L) => Promise<boolean>} run resolves with whether it passed; never rejects
 */
export const runSideBySide = async (lanes, seats, run) => {
  let waiting = [...lanes]
  const running = new Map()
  const beginOne = () => {
    const open = lanes.filter((lane) => waiting.includes(lane) || running.has(lane))
    const lane = waiting.find((one) => isNext(one, open) && fits(one, [...running.keys()], seats))
    if (lane === undefined) return false
    waiting = waiting.filter((one) => one !== lane)
    running.set(
      lane,
      run(lane).then((passed) => ({ lane, passed })),
    )
    return true
  }
  while (waiting.length + running.size > 0) {
    while (beginOne());
    if (running.size === 0) throw new Error(`Lanes wait for each other: ${waiting.map(({ name }) => name).join(', ')}.`)
    const { lane, passed } = await Promise.race(running.values())
    running.delete(lane)
    if (lane.basis === true && !passed) waiting = []
  }
}
