import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentPdf, documentUbl } from '../src/index.ts';
import { isAllowed, sampleContent, TREATMENTS } from './samples.ts';

/**
 * Writes a document of every kind, treatment and language into a folder, to look at the pages and to run the
 * official rules over the XML: `node test/write-samples.ts <folder>`.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder that the samples go into.');
mkdirSync(folder, { recursive: true });

for (const kind of ['self_billing_invoice', 'credit_note', 'payout_statement'] as const)
  for (const treatment of TREATMENTS.filter((treatment) => isAllowed(kind, treatment)))
    for (const language of ['nl', 'en'] as const) {
      const content = sampleContent(kind, treatment, language);
      const path = join(folder, `${kind}-${treatment}-${language}`);
      writeFileSync(`${path}.pdf`, await documentPdf(content));
      if (treatment !== 'no_vat') writeFileSync(`${path}.xml`, documentUbl(content));
    }
