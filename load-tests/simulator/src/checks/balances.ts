import type { Fact } from '@provisie/domain';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { oracleBalances } from '../oracle/balance.ts';
import { Known } from '../oracle/known.ts';
import type { Reader } from './reader.ts';

const balancesAnswer = z.object({
  items: z.array(
    z.object({
      partnerId: z.string(),
      currency: z.string(),
      pendingCents: z.int(),
      payableCents: z.int(),
      clawbackCents: z.int(),
      scheduledCents: z.int(),
      paidCents: z.int(),
    }),
  ),
});

const trialAnswer = z.object({
  accounts: z.array(z.object({ currency: z.string(), account: z.string(), balanceCents: z.int() })),
});

export interface Moments {
  readonly asOf: number;
  /** Null: everything heard. */
  readonly knownAt: number | null;
}

/** The balances at a moment of either clock are the oracle's, from the facts that were true and heard by then. */
export async function balanceViolations(
  facts: readonly Fact[],
  reader: Reader,
  { asOf, knownAt }: Moments,
): Promise<readonly string[]> {
  const held = facts.filter(
    (fact) => fact.occurredAt <= asOf && (knownAt === null || fact.recordedAt <= knownAt),
  );
  const known = new Known(held);
  const expected = Object.fromEntries(oracleBalances(known, asOf));
  const query = `asOf=${iso(asOf)}${knownAt === null ? '' : `&knownAt=${iso(knownAt)}`}`;
  const answer = await reader.read(`/v1/balances?limit=200&${query}`, balancesAnswer);
  const found = Object.fromEntries(
    (answer?.items ?? [])
      .map(({ partnerId, currency, ...amounts }) => [`${partnerId} ${currency}`, amounts] as const)
      .filter(([, amounts]) => Object.values(amounts).some((cents) => cents !== 0)),
  );
  const violations = isDeepStrictEqual(found, expected)
    ? []
    : [
        `Balances ${query} are ${JSON.stringify(found)}, the oracle says ${JSON.stringify(expected)}`,
      ];
  return [...violations, ...(await trialViolations(reader, query, expected))];
}

/** Debits are credits, and the bank is out what was paid. */
async function trialViolations(
  reader: Reader,
  query: string,
  expected: Readonly<Record<string, { readonly paidCents: number }>>,
): Promise<readonly string[]> {
  const trial = await reader.read(`/v1/trial-balance?${query}`, trialAnswer);
  const violations: string[] = [];
  for (const [currency, accounts] of Map.groupBy(trial?.accounts ?? [], (row) => row.currency)) {
    const total = accounts.reduce((sum, { balanceCents }) => sum + balanceCents, 0);
    if (total !== 0)
      violations.push(`The trial balance ${query} in ${currency} is off by ${String(total)}`);
    const bank = accounts.find(({ account }) => account === 'bank')?.balanceCents ?? 0;
    const paid = Object.entries(expected)
      .filter(([key]) => key.endsWith(` ${currency}`))
      .reduce((sum, [, { paidCents }]) => sum + paidCents, 0);
    if (bank + paid !== 0) {
      violations.push(`The bank account ${query} is at ${String(bank)}, ${String(paid)} were paid`);
    }
  }
  return violations;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
