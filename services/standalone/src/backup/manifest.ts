import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@provisie/process';
import { z } from 'zod';

export const MANIFEST = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');

/** How far a log reaches. */
const logSchema = z.object({
  /** Of its last event; 0 when it is empty. */
  position: z.int().min(0),
  events: z.int().min(0),
  /** `EventChain` over `eventLine` of all its events. */
  chain: sha256,
  /** Of its last event. */
  lastEventId: z.guid().nullable(),
  recordedAt: z.iso.datetime().nullable(),
});
export type LogReach = z.infer<typeof logSchema>;

const common = {
  format: z.literal('provisie-backup'),
  formatVersion: z.literal(1),
  createdAt: z.iso.datetime(),
  /** Of the Provisie that made it. */
  provisie: z.string(),
  file: z.object({ name: z.string(), bytes: z.int().min(0), sha256 }),
};

const eventsManifest = z.object({
  ...common,
  part: z.literal('events'),
  log: logSchema,
  /** An increment holds what came after another backup; null: the whole log. */
  since: logSchema.nullable(),
});
export type EventsManifest = z.infer<typeof eventsManifest>;

const vaultManifest = z.object({ ...common, part: z.literal('vault') });
export type VaultManifest = z.infer<typeof vaultManifest>;

const manifestSchema = z.discriminatedUnion('part', [eventsManifest, vaultManifest]);
export type BackupManifest = z.infer<typeof manifestSchema>;

export const FILE_NAMES = {
  events: 'events.sqlite',
  increment: 'events.jsonl.gz',
  vault: 'vault.sqlite',
} as const;

/** Throws `UsageError` when it can't be read. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const file = join(folder, MANIFEST);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`There is no backup in ${folder} (no ${MANIFEST} that can be read).`);
  });
  const read = manifestSchema.safeParse(jsonOf(text));
  if (read.success) return read.data;
  throw new UsageError(`${file} is no manifest of a backup:\n${z.prettifyError(read.error)}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
