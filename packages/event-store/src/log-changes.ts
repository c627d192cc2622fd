/** Lets readers wait until the log may have grown. */
export class LogChanges {
  readonly #waiting = new Set<() => void>();
  readonly #hasChanged: (() => boolean) | null;
  readonly #pollMilliseconds: number;
  #timer: NodeJS.Timeout | undefined;

  /** `hasChanged` is asked from time to time while somebody waits; null when others never write. */
  constructor(hasChanged: (() => boolean) | null, pollMilliseconds: number) {
    this.#hasChanged = hasChanged;
    this.#pollMilliseconds = pollMilliseconds;
  }

  announce(): void {
    const woken = [...this.#waiting];
    this.#waiting.clear();
    this.#stopPolling();
    for (const wake of woken) wake();
  }

  /** Resolves at the next announcement, or when the signal aborts. May resolve without a change. */
  next(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
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
    }, this.#pollMilliseconds);
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
