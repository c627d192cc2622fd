import type {
  BankFileFormat,
  BankFileMistake,
  BankFileReading,
  BankMessage,
  BankPayment,
  BankRemark,
} from './bank-report.ts';

/** Collects what a bank file says, and holds one statement about a payment against another. */
export class Findings {
  readonly #payments = new Map<string, BankPayment>();
  readonly #messages = new Map<string, BankMessage>();
  readonly #ignored: BankRemark[] = [];
  readonly #mistakes: BankFileMistake[] = [];

  /** A payment may be told of as paid and as returned, in whatever order: it left the account and came back. */
  payment(found: BankPayment): void {
    const { endToEndId, outcome } = found;
    const key = `${endToEndId} ${outcome === 'returned' ? 'in' : 'out'}`;
    const known = this.#payments.get(key);
    if (known === undefined) {
      this.#payments.set(key, found);
      return;
    }
    this.mistake(
      found.where,
      `Payout ${endToEndId} is ${known.outcome} at ${known.where} already.`,
      'one statement about each payout',
    );
  }

  /** A bank may book one order in parts. */
  message(found: BankMessage): void {
    const known = this.#messages.get(found.messageId);
    if (known === undefined) {
      this.#messages.set(found.messageId, found);
      return;
    }
    if (known.outcome !== found.outcome || known.currency !== found.currency) {
      this.mistake(
        found.where,
        `Message ${found.messageId} is ${known.outcome} at ${known.where} already.`,
        'one outcome in one currency for each message',
      );
      return;
    }
    this.#messages.set(found.messageId, {
      ...known,
      payments: sumOf(known.payments, found.payments),
      amountCents: sumOf(known.amountCents, found.amountCents),
    });
  }

  ignore(where: string, why: string): void {
    this.#ignored.push({ where, why });
  }

  mistake(where: string, problem: string, expected: string): void {
    this.#mistakes.push({ where, problem, expected });
  }

  reading(format: BankFileFormat): BankFileReading {
    if (this.#mistakes.length > 0) return { ok: false, mistakes: this.#mistakes };
    const payments = [...this.#payments.values()];
    const messages = [...this.#messages.values()];
    return { ok: true, report: { format, payments, messages, ignored: this.#ignored } };
  }
}

function sumOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
