import { pause } from '@provisie/event-store';

/** Locks by name that one process holds at a time; a process that ends, however it ends, loses its own. */
export interface Locks {
  /** Takes the lock if it is free or its holder is gone; null when somebody holds it. */
  tryTake(name: string): Promise<HeldLock | null>;
  close(): Promise<void>;
}

export interface HeldLock {
  /** Greater than every token that was given out for any of these locks before. */
  readonly token: number;
  /** Aborts when the lock is lost, or may be. Who holds it then stops at once. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** How long it takes at most until others notice that a holder is gone. */
export interface LockTimes {
  /** A holder that was not heard of for so long is gone. */
  readonly leaseMs: number;
  readonly renewMs: number;
}

/** Taken over within three seconds, the reading of the lock included. */
export const LOCK_TIMES: LockTimes = { leaseMs: 2000, renewMs: 400 };

const POLL_MS = 200;

/** Waits until the lock is free and takes it; null when `signal` aborts first. Goes on after an error. */
export async function takeWhenFree(
  locks: Locks,
  name: string,
  { signal, onError }: { readonly signal: AbortSignal; readonly onError: (error: unknown) => void },
): Promise<HeldLock | null> {
  let failing = false;
  while (!signal.aborted) {
    try {
      const held = await locks.tryTake(name);
      if (held !== null) return held;
      failing = false;
    } catch (error) {
      // Said once: a database that is away for an hour would fill the log.
      if (!failing) onError(error);
      failing = true;
    }
    await pause(failing ? POLL_MS * 5 : POLL_MS, signal);
  }
  return null;
}
