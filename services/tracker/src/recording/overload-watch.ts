/** Tells a lasting overload, in which waiting helps nobody, from a pause of the disk, which is worth waiting for. */
export interface OverloadWatch {
  /** The next touches are taken out of the queue; the first of them has waited for so long. */
  tookAfter(waitedMs: number): void;
  /** So many touches are settled. */
  settled(touches: number): void;
  /** Whether a touch that would wait behind so many others had better not. */
  refuses(queued: number): boolean;
}

/** What is behind for less is a pause; what hasn't refused anybody for as long is no overload any more. */
const LASTING_MS = 1000;

/**
 * Once touches have waited for longer than `patienceMs` for a second on end, only as many may wait as are settled in
 * that time: the store stays as busy as before, and who is taken in waits no longer.
 */
export function createOverloadWatch(patienceMs: number): OverloadWatch {
  let behindSince: number | null = null;
  /** Null: there is no overload. */
  let overloadedUntil: number | null = null;
  const pace = createPace(patienceMs);

  return {
    tookAfter(waitedMs) {
      if (waitedMs <= patienceMs) behindSince = null;
      else behindSince ??= performance.now();
    },
    settled(touches) {
      pace.settled(touches);
    },
    refuses(queued) {
      if (behindSince === null && overloadedUntil === null) return false;
      const now = performance.now();
      if (behindSince !== null && now - behindSince > LASTING_MS)
        overloadedUntil = now + LASTING_MS;
      if (overloadedUntil === null) return false;
      if (now > overloadedUntil) {
        overloadedUntil = null;
        return false;
      }
      const refuses = queued >= pace.most();
      if (refuses) overloadedUntil = now + LASTING_MS;
      return refuses;
    },
  };
}

/** How many touches are settled in `windowMs`, as it was lately. */
function createPace(windowMs: number) {
  let since = performance.now();
  let touches = 0;
  let most = 0;
  return {
    settled(count: number) {
      touches += count;
      const passedMs = performance.now() - since;
      if (passedMs < windowMs) return;
      most = (touches * windowMs) / passedMs;
      touches = 0;
      since += passedMs;
    },
    most: () => most,
  };
}
