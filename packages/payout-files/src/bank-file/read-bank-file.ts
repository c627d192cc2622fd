import type { BankFileFormat, BankFileReading } from './bank-report.ts';
import { Findings } from './findings.ts';
import { readStatement, statementElements } from './read-camt.ts';
import type { OwnIds } from './read-camt.ts';
import { readCsv } from './read-csv.ts';
import { readStatusReport, statusReportElements } from './read-pain-002.ts';
import { placeOf, readXml } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

/** In a statement of account, bookings with other ids are ignored; every id is ours unless told. */
export interface BankFileOptions extends Partial<OwnIds> {
  /** The mistakes name it. */
  readonly fileName?: string;
}

/** 100 MiB: a statement with 100,000 payments in full detail. */
export const MAX_BANK_FILE_BYTES = 104_857_600;

const expectedFiles =
  'our CSV (payout_id,status,amount,currency,date,reason), or ISO 20022 pain.002, camt.053 or camt.054 as XML';

/** What files that aren't ours begin with. */
const foreignFiles: readonly (readonly [start: string, what: string])[] = [
  ['PK', 'a workbook or an archive; save it as "CSV UTF-8", or unpack it'],
  ['%PDF', 'a PDF'],
  [':20:', 'MT940; ask the bank for camt.053'],
  ['{1:', 'MT940; ask the bank for camt.053'],
  ['{', 'JSON'],
];

interface MessageReader {
  readonly format: BankFileFormat;
  readonly read: (message: XmlElement, own: OwnIds, findings: Findings) => void;
}

const readers: ReadonlyMap<string, MessageReader> = new Map<string, MessageReader>([
  [
    'CstmrPmtStsRpt',
    { format: 'pain.002', read: (message, _, findings) => readStatusReport(message, findings) },
  ],
  ['BkToCstmrStmt', { format: 'camt.053', read: readStatement }],
  ['BkToCstmrDbtCdtNtfctn', { format: 'camt.054', read: readStatement }],
]);

const foreignMessages: ReadonlyMap<string, string> = new Map([
  ['CstmrCdtTrfInitn', 'a payment order (pain.001), which is what goes to the bank'],
  ['BkToCstmrAcctRpt', "an intraday report (camt.052), which isn't final"],
]);

/**
 * What a bank says about payouts: in our CSV, a payment status report (`pain.002`), or a statement or
 * notification of account (`camt.053`, `camt.054`), told apart by what is in it. Whether the payouts exist, and the
 * amounts are theirs, is for the caller to check. All mistakes are listed; never throws on what is in the file.
 *
 * Apply `payments` first: a message is about those of its payments that aren't listed themselves.
 */
export function readBankFile(bytes: Uint8Array, options: BankFileOptions = {}): BankFileReading {
  const { fileName, isPayoutId = () => true, isMessageId = () => true } = options;
  const reading = readAny(bytes, { isPayoutId, isMessageId });
  if (reading.ok || fileName === undefined) return reading;
  const named = reading.mistakes.map(({ where, problem, expected }) => {
    return { where: `${fileName}, ${where}`, problem, expected };
  });
  return { ok: false, mistakes: named };
}

function readAny(bytes: Uint8Array, own: OwnIds): BankFileReading {
  if (bytes.length > MAX_BANK_FILE_BYTES) {
    return refused(`The file has ${bytes.length} bytes.`, `at most ${MAX_BANK_FILE_BYTES} bytes`);
  }
  const start = startOf(bytes);
  if (start === '') return refused('The file is empty.', expectedFiles);
  const foreign = foreignFiles.find(([beginning]) => start.startsWith(beginning));
  if (foreign !== undefined) return refused(`It is ${foreign[1]}.`, expectedFiles);
  return start.startsWith('<') ? readMessage(bytes, own) : readText(bytes);
}

function readText(bytes: Uint8Array): BankFileReading {
  try {
    return readCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return refused("It isn't text in UTF-8.", `${expectedFiles}; save as "CSV UTF-8"`);
  }
}

function readMessage(bytes: Uint8Array, own: OwnIds): BankFileReading {
  const read = readXml(bytes, readElements);
  if (!read.ok) {
    const mistake = {
      where: `line ${read.line}`,
      problem: `Not XML that can be read: ${read.problem}.`,
    };
    return { ok: false, mistakes: [{ ...mistake, expected: 'the file as the bank gave it' }] };
  }
  return readDocument(read.root, own);
}

const readElements: ReadonlySet<string> = new Set([...statusReportElements, ...statementElements]);

function readDocument(root: XmlElement, own: OwnIds): BankFileReading {
  const message = root.name === 'Document' ? root.children[0] : undefined;
  const reader = readers.get(message?.name ?? '');
  if (message === undefined || reader === undefined) {
    const name = message?.name ?? root.name;
    const what = foreignMessages.get(name) ?? `<${name}>, which isn't known here`;
    return refused(`It is ${what}.`, expectedFiles, placeOf(message ?? root));
  }
  const findings = new Findings();
  reader.read(message, own, findings);
  return findings.reading(reader.format);
}

function refused(problem: string, expected: string, where = 'line 1'): BankFileReading {
  return { ok: false, mistakes: [{ where, problem, expected }] };
}

/** Its first characters, whatever the encoding: all that we tell files apart by is ASCII. */
function startOf(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 256));
  return start.replaceAll('\0', '').replace(/^(?:ï»¿|ÿþ|þÿ)?\s*/, '');
}
