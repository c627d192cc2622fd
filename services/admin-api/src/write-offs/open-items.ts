import { openCents } from '@provisie/domain';
import type { PayoutCandidate } from '@provisie/domain';
import type { Api } from '../api.ts';
import { problem } from '../problems.ts';

interface WriteOff {
  readonly partnerId: string;
  readonly currency: string;
  readonly lines: readonly { readonly orderId: string; readonly amountCents: number }[];
}

/**
 * Against settling more than there is: each line has to lie between zero and what is open of its order now, told by
 * a read model that has handled everything in the log. Throws `write_off_too_large`, `partner_unknown` or
 * `read_model_behind`.
 */
export async function checkOpen(api: Api, { partnerId, currency, lines }: WriteOff): Promise<void> {
  const at = api.now();
  const candidate = await candidateOf(api, { partnerId, currency, at });
  if ((candidate?.partner ?? null) === null)
    throw problem('not_found', 'There is no such partner.');
  const open = new Map(
    (candidate?.items ?? []).map(
      (item) => [item.orderId, openCents(item, { at, cutOff: at })] as const,
    ),
  );
  const wrong = lines.flatMap(({ orderId, amountCents }, index) => {
    const openNow = open.get(orderId) ?? 0;
    if (Math.sign(amountCents) === Math.sign(openNow) && isWithin(amountCents, openNow)) return [];
    return [{ index, orderId, openCents: openNow }];
  });
  if (wrong.length === 0) return;
  throw problem(
    'write_off_too_large',
    `A line can settle what is open of its order in ${currency}, and no more; see \`errors\`.`,
    {
      errors: wrong.map(({ index, orderId, openCents: openNow }) => ({
        path: `/lines/${String(index)}/amountCents`,
        problem: openNow === 0 ? `nothing is open of ${orderId}` : `not what is open of ${orderId}`,
        ...(openNow === 0 ? {} : { expected: rangeUpTo(openNow) }),
      })),
      extensions: { open: wrong.map(({ orderId, openCents: cents }) => ({ orderId, cents })) },
    },
  );
}

function isWithin(amountCents: number, openNow: number): boolean {
  return Math.abs(amountCents) <= Math.abs(openNow);
}

function rangeUpTo(openNow: number): string {
  return openNow > 0 ? `1 to ${String(openNow)}` : `${String(openNow)} to -1`;
}

interface Asked {
  readonly partnerId: string;
  readonly currency: string;
  readonly at: number;
}

async function candidateOf(
  { store, readModel, allLimits }: Api,
  { partnerId, currency, at }: Asked,
): Promise<PayoutCandidate | undefined> {
  const head = await store.head();
  if (!(await readModel.waitFor(head, allLimits.waitMs))) {
    throw problem(
      'read_model_behind',
      'What is open is only known once everything in the log is handled. Try again.',
      { headers: { 'Retry-After': '1' } },
    );
  }
  const request = { currency, partnerIds: [partnerId], at, cutOff: at };
  return readModel.snapshot(async (snapshot) => {
    const page = await snapshot.payoutCandidates(request, { limit: 1, cursor: null });
    return page.rows[0];
  });
}
