/** What `README.txt` of an export says. */
export function readmeText({ asOf, position }: { asOf: string; position: number }): string {
  return `Provisie: export for an auditor
===============================

Everything up to position ${String(position)} of the log, read at one moment. Customers are keyed hashes;
names, addresses and bank accounts of partners are sealed, here too. The merchant's own details are not.
CSV: UTF-8, commas, a header line, amounts like 1234.56, times ISO 8601 in UTC. A text that a spreadsheet
would run as a formula begins with an apostrophe. JSONL: one JSON object a line.

events.jsonl       Every event in the order of the log. It is the only thing that was ever recorded: all
                   other files follow from it. occurredAt: when it happened. recordedAt: when it was heard
                   of. position: its place in the log. stream, revision: what it is about, and its place
                   there, from 0 without gaps.
journal.csv        The ledger, double entry, a row for each line of an entry. The lines of an entry_id add
                   up to zero. cause_event_id and cause_position name the event that caused it. An entry is
                   never changed: what turns out otherwise is a further entry. effective_at: from when on a
                   line counts; the end of a hold may lie in the future.
trial-balance.csv  The accounts as of ${asOf}: the lines of journal.csv that are
                   effective by then. The balances of a currency add up to zero.
decisions.jsonl    Why each order earned what it earned, or nothing: every candidate with its reason, the
                   terms version, and the arithmetic in cents.
commissions.csv    What each order earns, for whom, and its status as of ${asOf}.
payouts.csv        Every payout. Account holder, IBAN and BIC are left empty.
documents.csv      Every invoice, credit note and statement that was issued. Numbers of a partner are
                   gapless: one series for invoices and credit notes, one for statements (S).
manifest.json      SHA-256, size and rows of each file; how far the log reached; the chain of hashes.

How to check
------------
1. No file was changed: "provisie audit --check FOLDER", or "sha256sum" against manifest.json. Write the
   SHA-256 of manifest.json down where nobody can change it.
2. The log was only added to: "provisie audit --check FOLDER --extends EARLIER-FOLDER". By hand: begin with
   32 zero bytes; for each line of events.jsonl take the SHA-256 of the 32 bytes before and the line without
   its end. After the last line it is log.chain in manifest.json; after as many lines as an earlier export
   has (log.events in its manifest), it is that export's log.chain. In Python:
     import hashlib
     h = bytes(32)
     for line in open('events.jsonl', 'rb'): h = hashlib.sha256(h + line.rstrip(b'\\n')).digest()
     print(h.hex())
3. The books balance: debit and credit of journal.csv have the same sum, in all and for each entry_id.
4. The books follow from the events: "provisie verify" rebuilds all tables from the log and compares.
5. One order: "provisie explain ORDER" says in words what decisions.jsonl says.
`;
}
