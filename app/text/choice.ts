// One line of a completion.

export interface Choice {
  readonly label: string
  readonly detail: string
  /** Said beside the list: units, ranges, what it is for. */
  readonly info?: string
  /** What is put in, where it is more than the label; `#{}` is where the cursor goes. */
  readonly apply?: string
}
