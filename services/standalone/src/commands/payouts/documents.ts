import { join } from 'node:path';
import { UsageError } from '@provisie/process';
import pMap from 'p-map';
import { payoutSchema, type Payout } from './answers.ts';
import type { Connection } from './connection.ts';
import { place, receive } from './files.ts';
import { pagesOf } from './pages.ts';

export interface DocumentsRequest {
  readonly runId: string;
  /** Everything up to here is to be among them. */
  readonly position: number;
  readonly folder: string;
  readonly mayReplace: boolean;
}

const AT_ONCE = 4;

/** Writes the papers of a run: each as PDF, and invoices and credit notes as UBL too. Resolves to how many there are. */
export async function writeDocuments(
  connection: Connection,
  { runId, position, folder, mayReplace }: DocumentsRequest,
): Promise<number> {
  const query = new URLSearchParams({ runId, waitFor: String(position) });
  let written = 0;
  for await (const payouts of pagesOf(connection, '/v1/payouts', query, payoutSchema)) {
    const documents = payouts.flatMap((payout) => payout.documents);
    await pMap(
      documents.flatMap(filesOf),
      async ({ path, name }) => {
        const file = await receive(join(folder, name), await connection.download(path));
        await place([file], mayReplace);
      },
      { concurrency: AT_ONCE },
    );
    written += documents.length;
  }
  return written;
}

const FILE_NAME = /^[\w-][\w.-]*$/;

function filesOf({ documentId, number, kind }: Payout['documents'][number]) {
  // What a server calls a document must not lead out of the folder.
  if (!FILE_NAME.test(number)) throw new UsageError(`The document ${number} can’t be a file name.`);
  const path = `/v1/documents/${encodeURIComponent(documentId)}`;
  return [
    { path: `${path}/pdf`, name: `${number}.pdf` },
    ...(kind === 'payout_statement' ? [] : [{ path: `${path}/ubl`, name: `${number}.xml` }]),
  ];
}
