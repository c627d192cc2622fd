import exec from 'k6/execution';

/** Numbers of one user of k6. */
const PER_USER = 1_000_000;
/** Those of what the runner itself set up. */
const FIRST = 1_000_000;

let used = 0;

/** A number that nobody else in this run gets. */
export function nextNumber(): number {
  used += 1;
  return FIRST + exec.vu.idInTest * PER_USER + used;
}
