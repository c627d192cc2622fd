import type { Instant } from '@provisie/domain';
import type { CommissionView, ReadModel } from '@provisie/read-model';
import { iso } from '../instants.ts';

/** What becomes payable in the course of a UTC day, in one currency. */
export interface PendingDay {
  /** Such as `2026-03-15`; null: not known yet. */
  readonly payableOn: string | null;
  readonly currency: string;
  readonly amountCents: number;
  readonly commissions: number;
}

export interface PendingDays {
  /** Soonest first; those without a day last. */
  readonly days: readonly PendingDay[];
  /** False when there were more commissions than are read at most. */
  readonly isComplete: boolean;
}

interface Bounds {
  readonly pageRows: number;
  readonly maxPages: number;
}

const BOUNDS: Bounds = { pageRows: 500, maxPages: 20 };

/** How many pending commissions of a partner one answer sums up at most. */
export const MAX_PENDING = BOUNDS.pageRows * BOUNDS.maxPages;

/** A partner's commissions in hold at a moment, summed up by the day on which the hold ends. */
export async function pendingDays(
  readModel: Pick<ReadModel, 'commissions'>,
  { partnerId, at }: { readonly partnerId: string; readonly at: Instant },
  { pageRows, maxPages }: Bounds = BOUNDS,
): Promise<PendingDays> {
  const days = new Map<string, PendingDay>();
  let cursor: string | null = null;
  for (let page = 1; page <= maxPages; page += 1) {
    const filter = { partnerId, status: 'pending', at } as const;
    const { rows, next } = await readModel.commissions(filter, { limit: pageRows, cursor });
    for (const commission of rows) add(days, commission);
    if (next === null) return { days: soonestFirst(days), isComplete: true };
    cursor = next;
  }
  return { days: soonestFirst(days), isComplete: false };
}

function add(days: Map<string, PendingDay>, commission: CommissionView): void {
  const { currency, payableFrom } = commission;
  const payableOn = payableFrom === null ? null : iso(payableFrom).slice(0, 'YYYY-MM-DD'.length);
  // No day comes after all days as text too.
  const key = `${payableOn ?? 'none'} ${currency}`;
  const { amountCents, commissions } = days.get(key) ?? { amountCents: 0, commissions: 0 };
  days.set(key, {
    payableOn,
    currency,
    amountCents: amountCents + commission.amountCents,
    commissions: commissions + 1,
  });
}

function soonestFirst(days: ReadonlyMap<string, PendingDay>): readonly PendingDay[] {
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, day]) => day);
}
