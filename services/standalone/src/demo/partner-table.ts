import type { Client } from '@provisie/client';
import { count, money, table } from '../commands/output.ts';
import type { Setup } from '../sample/setup.ts';

/** What one partner brought and earned in the quarter. Amounts in cents. */
export interface PartnerResult {
  readonly partnerId: string;
  readonly clicks: number;
  readonly orders: number;
  readonly commissionCents: number;
  /** Both at the moment for which the balances are stated. */
  readonly pendingCents: number;
  readonly payableCents: number;
  readonly passesThreshold: boolean;
}

/** The quarter per partner as the API tells it, in the order of the setup. */
export async function partnerResults(
  api: Client,
  { fromDay, toDay, balanceAt, partners }: Setup,
): Promise<readonly PartnerResult[]> {
  const { rows } = await api.get('/v1/performance', {
    query: { from: fromDay, to: toDay, groupBy: 'partner' },
  });
  const balances = await Array.fromAsync(api.all('/v1/balances', { query: { asOf: balanceAt } }));
  return partners.map(({ partnerId }) => {
    const brought = rows.find((row) => row.partnerId === partnerId);
    const balance = balances.find((one) => one.partnerId === partnerId);
    return {
      partnerId,
      clicks: brought?.clicks ?? 0,
      orders: brought?.orders ?? 0,
      commissionCents: brought?.commissionCents ?? 0,
      pendingCents: balance?.pendingCents ?? 0,
      payableCents: balance?.payableCents ?? 0,
      passesThreshold: balance?.payoutDue ?? false,
    };
  });
}

export function partnerTable(results: readonly PartnerResult[]): string {
  const rows = results.map((result) => [
    result.partnerId,
    count(result.clicks),
    count(result.orders),
    money(result.commissionCents),
    money(result.pendingCents),
    money(result.payableCents),
    result.passesThreshold ? 'yes' : 'no',
  ]);
  const header = ['partner', 'clicks', 'orders', 'commission', 'pending', 'payable', 'passes €50'];
  return table(header, rows);
}
