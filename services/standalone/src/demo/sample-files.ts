import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { createInterface } from 'node:readline';
import { deliverySchema, setupSchema, type Delivery, type Setup } from '../sample/setup.ts';

const EXAMPLES = join(import.meta.dirname, '../../../../examples');

export const SAMPLE_LOG = join(EXAMPLES, 'quarter/access.log.gz');
export const SAMPLE_HISTORY = join(EXAMPLES, 'shop-orders.csv');

export async function sampleSetup(): Promise<Setup> {
  const text = await readFile(join(EXAMPLES, 'quarter/setup.json'), 'utf8');
  return setupSchema.parse(JSON.parse(text));
}

export async function sampleDeliveries(): Promise<Delivery[]> {
  const unpacked = createReadStream(join(EXAMPLES, 'quarter/webhooks.jsonl.gz')).pipe(
    createGunzip(),
  );
  const lines = await Array.fromAsync(createInterface({ input: unpacked }));
  return lines.map((line) => deliverySchema.parse(JSON.parse(line)));
}
