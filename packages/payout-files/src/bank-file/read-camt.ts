import type { BankTime } from './bank-report.ts';
import type { Findings } from './findings.ts';
import { amountIn, countAt, noAmount, reasonIn, timeIn, valueElements } from './iso-values.ts';
import type { Amount } from './iso-values.ts';
import { elementAt, elementsAt, placeOf, textAt } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

/** What of a statement or notification is read. */
export const statementElements: ReadonlySet<string> = new Set([
  ...valueElements,
  ...'Stmt Ntfctn Ntry Sts CdtDbtInd RvslInd Amt BookgDt ValDt NtryDtls Btch MsgId PmtInfId'.split(
    ' ',
  ),
  ...'NbOfTxs TtlAmt TxDtls Refs EndToEndId AmtDtls TxAmt InstdAmt RtrInf'.split(' '),
]);

/** Tells what can be ours from other bookings of the account. */
export interface OwnIds {
  /** Whether an end-to-end id can be a payout's. */
  readonly isPayoutId: (endToEndId: string) => boolean;
  /** Whether a message id can be a payment file's. */
  readonly isMessageId: (messageId: string) => boolean;
}

interface Entry {
  readonly element: XmlElement;
  /** Of all that is in the entry; a single booking in it may leave out its own. */
  readonly amount: XmlElement | null;
  readonly at: BankTime | null;
  readonly findings: Findings;
}

/** `BkToCstmrStmt` and `BkToCstmrDbtCdtNtfctn`: what was booked on the account. */
export function readStatement(root: XmlElement, own: OwnIds, findings: Findings): void {
  const accounts = [...elementsAt(root, 'Stmt'), ...elementsAt(root, 'Ntfctn')];
  if (accounts.length === 0) {
    findings.mistake(placeOf(root), 'It has no statement in it.', 'a Stmt or Ntfctn');
  }
  for (const entry of accounts.flatMap((account) => elementsAt(account, 'Ntry'))) {
    readEntry(entry, own, findings);
  }
}

function readEntry(element: XmlElement, own: OwnIds, findings: Findings): void {
  const status = textAt(element, 'Sts', 'Cd') ?? textAt(element, 'Sts');
  if (status !== 'BOOK') {
    findings.ignore(placeOf(element), `Not booked: its status is ${status ?? 'missing'}.`);
    return;
  }
  const booked = elementAt(element, 'BookgDt') ?? elementAt(element, 'ValDt');
  const details = elementsAt(element, 'NtryDtls');
  const isSingle = details.length === 1 && elementsAt(element, 'NtryDtls', 'TxDtls').length <= 1;
  const entry: Entry = {
    element,
    amount: isSingle ? elementAt(element, 'Amt') : null,
    at: timeIn(booked, findings),
    findings,
  };
  if (details.length === 0) findings.ignore(placeOf(element), 'No details that name a payment.');
  for (const detail of details) readDetails(detail, entry, own);
}

function readDetails(detail: XmlElement, entry: Entry, own: OwnIds): void {
  const transactions = elementsAt(detail, 'TxDtls');
  if (transactions.some((transaction) => endToEndIdOf(transaction) !== null)) {
    for (const transaction of transactions) readTransaction(transaction, entry, own);
    return;
  }
  const batch = elementAt(detail, 'Btch');
  const namesMessage = batch !== null && messageIdOf(batch) !== null;
  for (const part of namesMessage ? [batch] : transactions) readBatch(part, entry, own);
  if (!namesMessage && transactions.length === 0) {
    entry.findings.ignore(placeOf(detail), 'It names no payment and no message.');
  }
}

function readTransaction(transaction: XmlElement, entry: Entry, own: OwnIds): void {
  const { element, at, findings } = entry;
  const where = placeOf(transaction);
  const endToEndId = endToEndIdOf(transaction);
  if (endToEndId === null || !own.isPayoutId(endToEndId)) {
    findings.ignore(where, `${endToEndId ?? 'A booking without end-to-end id'} is no payout.`);
    return;
  }
  const outcome = outcomeOf(transaction, element);
  if (outcome === null) {
    findings.ignore(where, undecided(endToEndId));
    return;
  }
  findings.payment({
    endToEndId,
    messageId: messageIdOf(transaction),
    outcome,
    ...amountOr(transactionAmount(transaction) ?? entry.amount, findings),
    at,
    reason: reasonIn(elementsAt(transaction, 'RtrInf')),
    where,
  });
}

/** A booking of a whole payment order, the payments not listed. */
function readBatch(batch: XmlElement, entry: Entry, own: OwnIds): void {
  const { element, at, findings } = entry;
  const where = placeOf(batch);
  const messageId = messageIdOf(batch);
  if (messageId === null) {
    findings.ignore(where, 'It names no payment and no message.');
    return;
  }
  if (!own.isMessageId(messageId)) {
    findings.ignore(where, `${messageId} is no payment file.`);
    return;
  }
  const outcome = outcomeOf(batch, element);
  if (outcome === null) {
    findings.ignore(where, undecided(messageId));
    return;
  }
  const amount = elementAt(batch, 'TtlAmt') ?? transactionAmount(batch) ?? entry.amount;
  findings.message({
    messageId,
    outcome,
    payments: countAt(batch, 'NbOfTxs'),
    ...amountOr(amount, findings),
    at,
    reason: reasonIn(elementsAt(batch, 'RtrInf')),
    where,
  });
}

function undecided(id: string): string {
  return `${id} is neither paid out nor returned with a reason; look at it.`;
}

/** Money that left the account was paid; money that came back with a return reason was returned. */
function outcomeOf(detail: XmlElement, entry: XmlElement): 'paid' | 'returned' | null {
  const direction = textAt(detail, 'CdtDbtInd') ?? textAt(entry, 'CdtDbtInd');
  const returned = elementAt(detail, 'RtrInf') !== null;
  if (direction === 'CRDT') return returned ? 'returned' : null;
  const reversed = ['true', '1'].includes(textAt(entry, 'RvslInd') ?? 'false');
  return direction === 'DBIT' && !returned && !reversed ? 'paid' : null;
}

/** Version 02 has it in `AmtDtls`, later ones beside. */
function transactionAmount(transaction: XmlElement): XmlElement | null {
  return (
    elementAt(transaction, 'Amt') ??
    elementAt(transaction, 'AmtDtls', 'TxAmt', 'Amt') ??
    elementAt(transaction, 'AmtDtls', 'InstdAmt', 'Amt')
  );
}

function amountOr(amount: XmlElement | null, findings: Findings): Amount {
  return amount === null ? noAmount : amountIn(amount, findings);
}

function messageIdOf(batch: XmlElement): string | null {
  const references = elementAt(batch, 'Refs') ?? batch;
  return textAt(references, 'MsgId') ?? textAt(references, 'PmtInfId');
}

function endToEndIdOf(transaction: XmlElement): string | null {
  const id = textAt(transaction, 'Refs', 'EndToEndId');
  return id === 'NOTPROVIDED' ? null : id;
}
