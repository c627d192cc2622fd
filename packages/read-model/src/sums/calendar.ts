import { MILLISECONDS_PER_DAY, type Instant } from '@provisie/domain';

/** Whole days since 1970-01-01, in UTC. */
export function dayOf(at: Instant): number {
  return Math.floor(at / MILLISECONDS_PER_DAY);
}
