import { readBankFile } from '../src/index.ts';
import type { BankFileMistake, BankFileOptions, BankReport } from '../src/index.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export function reportOf(text: string, options: BankFileOptions = {}): BankReport {
  const reading = readBankFile(bytesOf(text), options);
  if (!reading.ok) throw new Error(JSON.stringify(reading.mistakes));
  return reading.report;
}

export function mistakesIn(
  file: string | Uint8Array,
  options: BankFileOptions = {},
): readonly BankFileMistake[] {
  const reading = readBankFile(typeof file === 'string' ? bytesOf(file) : file, options);
  return reading.ok ? [] : reading.mistakes;
}

export function statusReport(content: string, version = '03'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>bank-1</MsgId><CreDtTm>2026-12-01T10:00:00+01:00</CreDtTm></GrpHdr>
${content}
</CstmrPmtStsRpt></Document>`;
}

/** `content` holds entries. */
export function statement(content: string): string {
  return `<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>s-1</MsgId><CreDtTm>2026-12-02T01:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>1</Id><Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></Acct>
${content}
</Stmt></BkToCstmrStmt></Document>`;
}

/** `details` holds entry details. */
export function entry(direction: 'CRDT' | 'DBIT', details: string, amount = '50.01'): string {
  return `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-12-01</Dt></BookgDt><NtryDtls>${details}</NtryDtls></Ntry>`;
}

/** `rest` stands behind the references. */
export function transaction(endToEndId: string, rest = ''): string {
  return `<TxDtls><Refs><EndToEndId>${endToEndId}</EndToEndId></Refs>${rest}</TxDtls>`;
}
