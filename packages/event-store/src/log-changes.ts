/** Lets readers wait until the log may have grown. */
export class LogChanges {
  readonly #waiting = new Set<() => void>();
  readonly #hasChanged: (() => boolean) | null;
  readonly #pollMs: number;
  #timer: NodeJS.Timeout | undefined;
  #announced = 0;

  /** `hasChanged` is asked from time to time while somebody waits; null when others never write. */
  constructor(hasChanged: (() => boolean) | null, pollMs: number) {
    this.#hasChanged = hasChanged;
    this.#pollMs = pollMs;
  }

  /** How often it was announced up to now: for `next`, when looking takes its time. */
  get announced(): number {
    return this.#announced;
  }

  announce(): void {
    this.#announced += 1;
    const woken = [...this.#waiting];
    this.#waiting.clear();
    this.#stopPolling();
    for (const wake of woken) wake();
  }

  /**
   * Resolves at the next announcement (at once if there was one since `seen`), or when the signal aborts.
   * May resolve without a change.
   */
  next(signal: AbortSignal | undefined, seen = this.#announced): Promise<void> {
    if (signal?.aborted === true || seen !== this.#announced) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        if (this.#waiting.size === 0) this.#stopPolling();
        resolve();
      };
      signal?.addEventListener('abort', wake, { once: true });
      this.#waiting.add(wake);
      this.#startPolling();
    });
  }

  #startPolling(): void {
    const hasChanged = this.#hasChanged;
    if (hasChanged === null) return;
    this.#timer ??= setInterval(() => {
      if (mayHaveChanged(hasChanged)) this.announce();
    }, this.#pollMs);
  }

  #stopPolling(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** A failure is for the readers to meet: they know whom to tell. */
function mayHaveChanged(hasChanged: () => boolean): boolean {
  try {
    return hasChanged();
  } catch {
    return true;
  }
}
