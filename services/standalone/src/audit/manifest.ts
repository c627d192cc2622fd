import { z } from 'zod';

export const MANIFEST = 'manifest.json';

/** Every file of an export but the manifest. */
export const AUDIT_FILES = [
  'events.jsonl',
  'journal.csv',
  'trial-balance.csv',
  'decisions.jsonl',
  'commissions.csv',
  'payouts.csv',
  'documents.csv',
  'README.txt',
] as const;
export type AuditFileName = (typeof AUDIT_FILES)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');

const fileSchema = z.object({
  sha256,
  bytes: z.int().min(0),
  /** Without the header of a CSV file; null where there are none. */
  rows: z.int().min(0).nullable(),
});
export type FileEntry = z.infer<typeof fileSchema>;

/** What `manifest.json` says. Moments are ISO 8601 in UTC. */
export const manifestSchema = z.object({
  format: z.literal('provisie-audit'),
  formatVersion: z.literal(1),
  createdAt: z.iso.datetime(),
  /** The moment of balances and statuses that change as time passes. */
  asOf: z.iso.datetime(),
  log: z.object({
    /** The last event of the log when it was exported. */
    headPosition: z.int(),
    /** The last event that is in this export. */
    exportedPosition: z.int(),
    events: z.int().min(0),
    /** `EventChain` over the lines of `events.jsonl`. */
    chain: sha256,
  }),
  readModel: z.object({
    version: z.int(),
    position: z.int(),
    /** Events that could not be read, and so count nowhere but in `events.jsonl`. */
    unreadableEvents: z.int().min(0),
  }),
  files: z.record(z.enum(AUDIT_FILES), fileSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;
