import type { Digest } from './digest.ts';
import { digestsApart } from './digests-apart.ts';
import { digestsOf, type ReadLog } from './digests-here.ts';

/** A log as short as that is read before a thread has started. */
const SHORT_LOG = 20_000;

/** The log from its beginning, digested batch by batch; in another thread where that is worth while. */
export function digests(log: ReadLog): AsyncGenerator<Digest> {
  const { elsewhere } = log.store;
  if (elsewhere === undefined || log.until <= SHORT_LOG) return digestsOf(log);
  return digestsApart(elsewhere, log.until);
}
