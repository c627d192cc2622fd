import path from 'node:path';
import { MILLISECONDS_PER_DAY } from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import { openSqliteEventStore, type SqliteEventStore } from '@provisie/event-store/sqlite';
import type { Command, PayoutPorts } from '@provisie/payouts';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { openSqliteReadModel } from '@provisie/read-model';
import { PAID_OUT_AT } from './synthetic-market.ts';

export const logIn = (folder: string) => path.join(folder, 'events.sqlite');
export const vaultIn = (folder: string) => path.join(folder, 'vault.sqlite');

/** What a payout run works with, as the folder of a market holds it. */
export interface PayoutOffice extends AsyncDisposable {
  readonly ports: PayoutPorts & { readonly store: SqliteEventStore };
}

export async function openPayoutOffice(folder: string): Promise<PayoutOffice> {
  const store = openSqliteEventStore({ file: logIn(folder) });
  const vault = openSqliteVault(vaultIn(folder));
  const model = await openSqliteReadModel({ folder, readOnly: true });
  const policy = { coolingMs: 3 * MILLISECONDS_PER_DAY, approvalsRequired: 1 } as const;
  return {
    ports: { store, vault, readModel: model.readModel, policy, now: () => PAID_OUT_AT },
    [Symbol.asyncDispose]: async () => {
      await model.close();
      vault.close();
      await store.close();
    },
  };
}

export const MONTH = { currency: 'EUR', cutOff: PAID_OUT_AT, partnerIds: null } as const;

export function command(name: string): Command {
  return { id: eventIdOf('command', name), by: 'bench', requestHash: null };
}
