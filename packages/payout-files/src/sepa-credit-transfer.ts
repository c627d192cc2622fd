import type { Cents } from '@provisie/domain';
import { amountText } from './amount-text.ts';
import { creditTransferFrame, creditTransferXml } from './credit-transfer-xml.ts';
import type { CreditTransferFormat } from './credit-transfer-xml.ts';
import type { CreditTransfer, CreditTransferOrder } from './credit-transfer.ts';
import { checkedOrder, checkedTransfer } from './order-checks.ts';
import type { NoteChange } from './order-checks.ts';
import { PayoutFileError } from './payout-file-error.ts';

export interface CreditTransferOptions {
  /** Told of each text that was transliterated, while its payment is written. */
  readonly onChange?: NoteChange;
}

const CHUNK_LENGTH = 16_384;

/**
 * A SEPA credit transfer order in euros as XML, valid against the schema of `format`, in pieces of about
 * 16 kB; all of it is ASCII. The same input gives the same bytes.
 *
 * Throws `PayoutFileError` for a value that can't stand in the file, and where the payments don't add up
 * to the order's count and total: before the closing tags, so that what was written can't be used.
 * Keeps the ids of the payments in memory and nothing else of them.
 */
export async function* sepaCreditTransfer(
  format: CreditTransferFormat,
  order: CreditTransferOrder,
  transfers: AsyncIterable<CreditTransfer>,
  { onChange = () => undefined }: CreditTransferOptions = {},
): AsyncGenerator<string, void, undefined> {
  const { head, tail } = creditTransferFrame(format, checkedOrder(order, onChange));
  const tally = new Tally(order);
  let chunk = head;
  for await (const transfer of transfers) {
    const checked = checkedTransfer(transfer, onChange);
    tally.add(checked);
    chunk += creditTransferXml(format, checked);
    if (chunk.length >= CHUNK_LENGTH) {
      yield chunk;
      chunk = '';
    }
  }
  tally.assertComplete();
  yield chunk + tail;
}

/** Holds the payments against the count and the total in the head of the file. */
class Tally {
  readonly #order: CreditTransferOrder;
  readonly #seen = new Set<string>();
  #totalCents: Cents = 0;

  constructor(order: CreditTransferOrder) {
    this.#order = order;
  }

  add({ endToEndId, amountCents }: CreditTransfer): void {
    if (this.#seen.has(endToEndId)) {
      throw new PayoutFileError(
        'payment_repeated',
        { endToEndId, field: 'endToEndId' },
        'is in the order twice; nobody is paid twice.',
      );
    }
    this.#seen.add(endToEndId);
    this.#totalCents += amountCents;
    if (this.#seen.size > this.#order.payments) this.#assertCount();
    if (this.#totalCents > this.#order.totalCents) this.#assertTotal();
  }

  assertComplete(): void {
    this.#assertCount();
    this.#assertTotal();
  }

  #assertCount(): void {
    const { payments } = this.#order;
    const counted = this.#seen.size;
    if (counted === payments) return;
    throw new PayoutFileError(
      'count_mismatch',
      { endToEndId: null, field: 'payments' },
      `says ${payments}, and there are ${counted > payments ? 'more' : counted}.`,
    );
  }

  #assertTotal(): void {
    const { totalCents } = this.#order;
    const added = this.#totalCents;
    if (added === totalCents) return;
    throw new PayoutFileError(
      'total_mismatch',
      { endToEndId: null, field: 'totalCents' },
      `says EUR ${amountText(totalCents)}, and the payments add up to ${added > totalCents ? 'more' : amountText(added)}.`,
    );
  }
}
