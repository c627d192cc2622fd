import type { Cents, Instant } from '@provisie/domain';

/** Structured as banks want it from November 2026 on, or left out. */
export interface BankAddress {
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface BankParty {
  /** The legal name of the account holder (Verification of Payee). */
  readonly name: string;
  /** Electronic format: no spaces. */
  readonly iban: string;
  /** Null: the bank finds it by the IBAN. */
  readonly bic: string | null;
  readonly address: BankAddress | null;
}

/** One payment. */
export interface CreditTransfer {
  /** At most 35 characters: the payout id. */
  readonly endToEndId: string;
  readonly amountCents: Cents;
  readonly creditor: BankParty;
  /** What the payee reads on the bank statement; at most 140 characters after transliteration. */
  readonly remittance: string;
}

/** A SEPA credit transfer order in euros: what stands in the file's head, and the payments. */
export interface CreditTransferOrder {
  /** At most 35 characters; the same payments always have the same, so that a bank refuses a second upload. */
  readonly messageId: string;
  readonly createdAt: Instant;
  /** `YYYY-MM-DD`. */
  readonly executionDate: string;
  /** One line on the debtor's statement for all payments. */
  readonly batchBooking: boolean;
  readonly debtor: BankParty;
  readonly payments: number;
  readonly totalCents: Cents;
}
