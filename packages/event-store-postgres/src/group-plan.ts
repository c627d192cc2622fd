import type { AppendResult, ExpectedRevision } from '@provisie/event-store';
import type { PreparedAppend } from '@provisie/event-store/adapting';
import { LogDraft, type LogState, type NewRows } from './log-rows.ts';

/** `known`: some of its ids are in the log; if it is no repeat, it is what `otherwise` says. */
export type PlannedOutcome =
  | { readonly kind: 'decided'; readonly result: AppendResult }
  | { readonly kind: 'known'; readonly otherwise: AppendResult };

export interface GroupPlan extends NewRows {
  /** One for each append of the group, in its order. */
  readonly outcomes: readonly PlannedOutcome[];
}

/** Works out what a group of appends writes, one after the other. Nobody else may write until it is written. */
export function planGroup(group: readonly PreparedAppend[], state: LogState): GroupPlan {
  const draft = new LogDraft(state);
  const outcomes = group.map((append) => plan(append, draft, state.recordedAt));
  return { outcomes, ...draft.rows() };
}

function plan(
  { stream, events, expected }: PreparedAppend,
  draft: LogDraft,
  recordedAt: number,
): PlannedOutcome {
  const revision = draft.revisionOf(stream);
  const conflict = { ok: false, reason: 'conflict', actualRevision: revision } as const;
  if (events.some(({ id }) => draft.isTaken(id))) return { kind: 'known', otherwise: conflict };
  if (!isExpected(expected, revision)) return { kind: 'decided', result: conflict };
  for (const event of events) draft.add(stream, event, draft.head + 1, recordedAt);
  return {
    kind: 'decided',
    result: {
      ok: true,
      revision: draft.revisionOf(stream),
      position: draft.head,
      repeated: false,
    },
  };
}

function isExpected(expected: ExpectedRevision, revision: number | null): boolean {
  if (expected === 'any') return true;
  return expected === 'no_stream' ? revision === null : revision === expected;
}
