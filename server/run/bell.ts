// A bell between who tells of changes and who looks at them: rung any number of times meanwhile, it is heard once.

export class Bell {
  /** Who comes looks at once. */
  private rung = true
  private wake = (): void => undefined

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', this.ring)
  }

  readonly ring = (): void => {
    this.rung = true
    this.wake()
  }

  /** True when it was rung since it was heard last; false when the signal has aborted. */
  async heard(): Promise<boolean> {
    if (!this.rung && !this.signal.aborted)
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    this.rung = false
    return !this.signal.aborted
  }

  /** Nobody listens any more. */
  readonly close = (): void => this.signal.removeEventListener('abort', this.ring)
}
