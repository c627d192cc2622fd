import { expect, test } from 'vitest';
import { START, recorded } from '../../test/given.ts';
import type { Fact } from '../event-catalogue.ts';
import { openRun, payoutRunStates } from './payout-run-states.ts';

const TOTALS = { payouts: 2, netCents: 100, vatCents: 21, totalCents: 121 };

const opened = (approvalsRequired = 1, runId = 'r1'): Fact => ({
  type: 'PayoutRunOpened',
  ...recorded(START),
  data: {
    runId,
    currency: 'EUR',
    cutOff: START,
    partnerIds: null,
    parts: 1,
    ...TOTALS,
    fingerprint: '0'.repeat(64),
    approvedBy: 'key-1',
    approvalsRequired,
  },
});
const approved = (approvedBy: string): Fact => ({
  type: 'PayoutRunApproved',
  ...recorded(START),
  data: { runId: 'r1', approvedBy },
});
const closed = (outcome: 'scheduled' | 'abandoned'): Fact => ({
  type: 'PayoutRunClosed',
  ...recorded(START),
  data: { runId: 'r1', outcome, ...TOTALS, skipped: 1 },
});

test.for<[string, readonly Fact[], string, boolean]>([
  ['one approval is enough', [opened()], 'scheduling', true],
  ['two are needed', [opened(2)], 'awaiting_approval', true],
  ['the same person twice is one', [opened(2), approved('key-1')], 'awaiting_approval', true],
  ['another person', [opened(2), approved('key-2')], 'scheduling', true],
  ['carried out', [opened(), closed('scheduled')], 'scheduled', false],
  ['taken back', [opened(2), closed('abandoned')], 'abandoned', false],
])('%s', ([, facts, status, isOpen]) => {
  expect(payoutRunStates(facts)[0]?.status).toBe(status);
  expect(openRun(facts) !== null).toBe(isOpen);
});

test('tells what was planned, what came of it, and the files', () => {
  const exported: Fact = {
    type: 'PayoutRunExported',
    ...recorded(START + 5),
    data: { runId: 'r1', attempt: 1, executionDate: '2026-01-05', payouts: 2, totalCents: 121 },
  };
  expect(payoutRunStates([opened(), closed('scheduled'), exported])).toMatchObject([
    {
      planned: TOTALS,
      scheduled: TOTALS,
      skipped: 1,
      exports: [{ attempt: 1, exportedAt: START + 5, executionDate: '2026-01-05' }],
    },
  ]);
});

test('a run that nobody opened is none', () => {
  expect(payoutRunStates([approved('key-2'), closed('scheduled')])).toEqual([]);
});
