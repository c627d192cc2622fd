import { newFact, streams } from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import { must } from './office.ts';
import type { World } from './world.ts';

/** Of a private person; the account is one that every bank's documentation shows. */
export const PERSON = {
  accountHolder: 'A. de Vries',
  iban: 'NL91ABNA0417164300',
  taxProfile: 'private_person',
  street: 'Keizersgracht 1',
  postalCode: '1015 CJ',
  city: 'Amsterdam',
  country: 'NL',
} as const;

export const BUSINESS = {
  ...PERSON,
  accountHolder: 'Bouwtips B.V.',
  iban: 'DE89370400440532013000',
  taxProfile: 'nl_business',
  vatId: 'NL853746333B01',
} as const;

/** When the partner gave them, long enough ago to be paid. */
export const GIVEN_AT = '2026-01-02T00:00:00.000Z';

export async function givePayoutDetails(
  world: World,
  partnerId: string,
  details: object = PERSON,
): Promise<void> {
  const body = { ...details, changedAt: GIVEN_AT };
  await must(world, `PUT /v1/partners/${partnerId}/payout-details`, body);
}

interface PaidOrder {
  readonly partnerId: string;
  readonly orderId: string;
  readonly amountCents: number;
}

/** The id of the payout that `payOut` makes. */
export const payoutIdOf = (orderId: string) => `payout-${orderId}`;

/** What a payout run and a confirmation leave behind of one order that is paid to a private person. */
export async function payOut(world: World, { partnerId, orderId, amountCents }: PaidOrder) {
  const payoutId = payoutIdOf(orderId);
  const at = (minutes: number) => ({
    id: eventIdOf('test', payoutId, String(minutes)),
    occurredAt: world.options.now() + 60_000 * minutes,
  });
  const named = { payoutId, partnerId };
  const vat = {
    kind: 'invoiced',
    treatment: 'no_vat',
    rateBps: 0,
    netCents: amountCents,
    vatCents: 0,
  } as const;
  const line = {
    orderId,
    programmeId: 'affiliate',
    termsVersion: 1,
    touchId: `coupon:${partnerId.toUpperCase()}10`,
    amountCents,
  };
  const { kind: _, ...documentVat } = vat;
  const day = new Date(world.options.now()).toISOString().slice(0, 10);
  await world.options.store.append(
    streams.payouts(partnerId),
    [
      newFact('PayoutScheduled', {
        ...at(0),
        data: {
          ...named,
          runId: 'run-1',
          currency: 'EUR',
          amountCents,
          vat: [vat],
          totalCents: amountCents,
          taxProfile: 'private_person',
          payoutDetailsId: eventIdOf('test', 'details'),
          lines: [line],
        },
      }),
      newFact('DocumentIssued', {
        ...at(1),
        data: {
          ...named,
          documentId: eventIdOf('test', payoutId).replaceAll('-', ''),
          number: `${partnerId}-S0001`,
          kind: 'payout_statement',
          about: 'commissions',
          currency: 'EUR',
          language: 'nl',
          issueDate: day,
          periodEnd: day,
          corrects: [],
          lines: [
            {
              programmeId: 'affiliate',
              programmeName: 'Affiliates',
              orders: 1,
              netCents: amountCents,
              treatment: 'no_vat',
              rateBps: 0,
            },
          ],
          vat: [documentVat],
          netCents: amountCents,
          vatCents: 0,
          totalCents: amountCents,
          parties: await world.options.vault.seal('parties', { test: true }),
        },
      }),
      newFact('PayoutExported', {
        ...at(1),
        id: eventIdOf('test', payoutId, 'file'),
        data: { ...named, attempt: 1 },
      }),
      newFact('PayoutPaid', { ...at(2), data: { ...named, reference: 'BANK-1' } }),
    ],
    'any',
  );
}
