import { EventStoreError } from '../event-store.ts';
import type { AppendOutcome } from '../prepared-append.ts';
import { received, sent, type SentFailure } from './sent-failure.ts';

/** What came of appends, on its way to the thread that waits for it: three numbers each. */
export interface PackedOutcomes {
  /** Of each its kind; the revision, or -1 for none; the position, or the index of the failure. */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly failures: readonly SentFailure[];
}

const NUMBERS_PER_OUTCOME = 3;
const WRITTEN = 0;
const REPEATED = 1;
const CONFLICT = 2;
const FAILED = 3;

export function packedOutcomes(outcomes: readonly AppendOutcome[]): PackedOutcomes {
  const numbers = new Float64Array(NUMBERS_PER_OUTCOME * outcomes.length);
  const failures: SentFailure[] = [];
  outcomes.forEach((outcome, index) => {
    numbers.set(numbersOf(outcome, failures), index * NUMBERS_PER_OUTCOME);
  });
  return { numbers, failures };
}

function numbersOf(
  outcome: AppendOutcome,
  failures: SentFailure[],
): [kind: number, revision: number, place: number] {
  if (outcome instanceof EventStoreError) return [FAILED, -1, failures.push(sent(outcome)) - 1];
  if (!outcome.ok) return [CONFLICT, outcome.actualRevision ?? -1, 0];
  return [outcome.repeated ? REPEATED : WRITTEN, outcome.revision ?? -1, outcome.position];
}

export function unpackedOutcomes({ numbers, failures }: PackedOutcomes): AppendOutcome[] {
  return Array.from({ length: numbers.length / NUMBERS_PER_OUTCOME }, (_, index) => {
    const at = index * NUMBERS_PER_OUTCOME;
    const [kind, place] = [numbers[at], numbers[at + 2] ?? 0];
    const revision = numbers[at + 1] === -1 ? null : (numbers[at + 1] ?? null);
    if (kind === FAILED) return failureAt(failures, place);
    if (kind === CONFLICT) return { ok: false, reason: 'conflict', actualRevision: revision };
    return { ok: true, revision, position: place, repeated: kind === REPEATED };
  });
}

function failureAt(failures: readonly SentFailure[], index: number): EventStoreError {
  const failure = failures[index];
  if (failure === undefined) throw new Error(`there is no failure ${index}`);
  return received(failure);
}
