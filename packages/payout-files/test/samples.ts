import type { BankParty, CreditTransfer, CreditTransferOrder } from '../src/index.ts';

export const merchant: BankParty = {
  name: 'Tuinwereld B.V.',
  iban: 'NL91ABNA0417164300',
  bic: 'ABNANL2A',
  address: { street: 'Kade 1', postalCode: '1011 AB', city: 'Amsterdam', country: 'NL' },
};

export const partner: BankParty = {
  name: 'Woonblog',
  iban: 'DE89370400440532013000',
  bic: null,
  address: null,
};

export function payment(number: number, change: Partial<CreditTransfer> = {}): CreditTransfer {
  return {
    endToEndId: number.toString(16).padStart(32, '0'),
    amountCents: 5000 + number,
    creditor: partner,
    remittance: `Provisie ${number}`,
    ...change,
  };
}

export function payments(count: number): readonly CreditTransfer[] {
  return Array.from({ length: count }, (_, number) => payment(number));
}

/** The order whose head fits the payments. */
export function orderOf(
  transfers: readonly CreditTransfer[],
  change: Partial<CreditTransferOrder> = {},
): CreditTransferOrder {
  return {
    messageId: 'run-2026-11',
    createdAt: Date.UTC(2026, 10, 30, 9, 15),
    executionDate: '2026-12-01',
    batchBooking: true,
    debtor: merchant,
    payments: transfers.length,
    totalCents: transfers.reduce((sum, { amountCents }) => sum + amountCents, 0),
    ...change,
  };
}

export async function* streamOf<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

export async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  return (await Array.fromAsync(chunks)).join('');
}
