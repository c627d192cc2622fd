import { EventStoreError } from '@provisie/event-store';
import type { AppendResult } from '@provisie/event-store';
import type { PreparedAppend } from '@provisie/event-store/adapting';
import { planGroup, type GroupPlan, type PlannedOutcome } from './group-plan.ts';
import { UnknownEnd, type LogTransactions } from './log-transactions.ts';
import { withPatience } from './patience.ts';
import type { RepeatFinder } from './repeat-finder.ts';
import { storeFailure } from './store-failure.ts';

export interface GroupWriterOptions {
  readonly address: string;
  readonly transactions: LogTransactions;
  readonly repeats: RepeatFinder;
  readonly patienceMs: number;
}

/** Appends groups, each in one transaction. */
export class GroupWriter {
  readonly #options: GroupWriterOptions;

  constructor(options: GroupWriterOptions) {
    this.#options = options;
  }

  /**
   * Rejects when nothing of the group was written, or when that isn't known. Otherwise a result for each
   * append; that of a repeat comes later, because comparing contents needs no lock.
   */
  async write(group: readonly PreparedAppend[]): Promise<readonly Promise<AppendResult>[]> {
    /** Of attempts whose end isn't known: trying again finds what they wrote, as it finds any repeat. */
    const unknown: GroupPlan[] = [];
    try {
      const { outcomes } = await this.#tried(group, unknown);
      return group.map((append, index) => {
        const hopes = unknown.map((plan) => plan.outcomes[index]);
        return this.#settled(append, outcomes[index], hopes);
      });
    } catch (error) {
      throw this.#failure(error, unknown.length > 0);
    }
  }

  #tried(group: readonly PreparedAppend[], unknown: GroupPlan[]): Promise<GroupPlan> {
    const { patienceMs: milliseconds, transactions } = this.#options;
    return withPatience({ milliseconds }, async () => {
      const plans: GroupPlan[] = [];
      try {
        return await transactions.run(group, (state) => {
          const plan = planGroup(group, state);
          plans.push(plan);
          return plan;
        });
      } catch (error) {
        if (error instanceof UnknownEnd) unknown.push(...plans);
        throw error;
      }
    });
  }

  async #settled(
    append: PreparedAppend,
    outcome: PlannedOutcome | undefined,
    hopes: readonly (PlannedOutcome | undefined)[],
  ): Promise<AppendResult> {
    if (outcome === undefined) throw new Error('an append of the group was not planned');
    if (outcome.kind === 'decided') return outcome.result;
    const repeat = await this.#options.repeats.find(append);
    if (repeat === null) return outcome.otherwise;
    if (repeat instanceof EventStoreError) throw repeat;
    return hopes.some((hope) => isSamePlace(hope, repeat))
      ? { ...repeat, repeated: false }
      : repeat;
  }

  #failure(error: unknown, isUnknown: boolean): EventStoreError {
    const failure = storeFailure(this.#options.address, error);
    if (!isUnknown) return failure;
    const message = `${failure.message} Whether this was written isn't known: send it again with the same ids.`;
    return new EventStoreError(failure.code, message, { cause: error });
  }
}

/** True when the repeat is what this very append wrote when it was tried before. */
function isSamePlace(
  hope: PlannedOutcome | undefined,
  repeat: { ok: true; position: number; revision: number | null },
): boolean {
  if (hope?.kind !== 'decided' || !hope.result.ok) return false;
  const { position, revision } = hope.result;
  return position === repeat.position && revision === repeat.revision;
}
