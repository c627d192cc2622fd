import { hostPatternSchema, instantSchema, programmeIdSchema, termsSchema } from '@provisie/domain';
import type { Instant } from '@provisie/domain';
import * as z from 'zod';

const FORMAT = 'provisie-link-directory';
const VERSION = 1;

/** What touches need of the terms. The rest of them is nobody's business out here; a newer publisher may say more. */
const touchTermsSchema = z.object(termsSchema.pick({ windowDays: true, consent: true }).shape);
export type TouchTerms = z.infer<typeof touchTermsSchema>;

/** The last event that is in the directory: tells whether a log is the one that it came from. */
const logMarkSchema = z.object({
  stream: z.string(),
  revision: z.int().min(0),
  position: z.int().min(1),
  id: z.string(),
});
export type LogMark = z.infer<typeof logMarkSchema>;

const programmeSchema = z.object({
  programmeId: programmeIdSchema,
  hosts: z.array(hostPatternSchema),
  terms: z.array(
    touchTermsSchema.extend({ effectiveFrom: instantSchema, termsVersion: z.int().min(1) }),
  ),
});

/**
 * Code, programme, destinations with the instant each holds from, disabled from. Lists instead of objects, and
 * checked by hand: there may be a hundred thousand of them, and a schema takes a second for those.
 */
export type LinkSnapshot = [
  code: string,
  programmeId: string,
  destinations: [from: Instant, href: string][],
  disabledFrom: Instant | null,
];

const linkSchema = z.custom<LinkSnapshot>(isLink, 'is no link');

function isLink(value: unknown): value is LinkSnapshot {
  if (!isList(value) || value.length !== 4) return false;
  const [code, programmeId, destinations, disabledFrom] = value;
  if (typeof code !== 'string' || code === '' || typeof programmeId !== 'string') return false;
  if (disabledFrom !== null && !Number.isSafeInteger(disabledFrom)) return false;
  return (
    Array.isArray(destinations) && destinations.length > 0 && destinations.every(isDestination)
  );
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isDestination(value: unknown): boolean {
  if (!isList(value) || value.length !== 2) return false;
  const [from, href] = value;
  return Number.isSafeInteger(from) && typeof href === 'string' && /^https?:\/\//.test(href);
}

const snapshotSchema = z.object({
  /** Null: it may lack something, so the log has to be read from its beginning. */
  upTo: logMarkSchema.nullable(),
  programmes: z.array(programmeSchema),
  links: z.array(linkSchema),
});

/** All that a link directory holds. No personal data, but the merchant's business. */
export type DirectorySnapshot = z.infer<typeof snapshotSchema>;
export type ProgrammeSnapshot = z.infer<typeof programmeSchema>;

/** A snapshot as it is stored and sent. */
export interface SnapshotDocument {
  /** JSON. */
  readonly text: string;
  /** With its quotes; the same log gives the same one, whichever process made it. */
  readonly etag: string;
}

/** A snapshot that can't be used; `message` says why, fit for a person. */
class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  readonly code: 'snapshot_foreign' | 'snapshot_damaged';

  constructor(code: SnapshotError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const envelopeSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  sha256: z.string(),
  contents: z.unknown(),
});

export async function writeSnapshot(snapshot: DirectorySnapshot): Promise<SnapshotDocument> {
  const contents = JSON.stringify(snapshot);
  const sha256 = await digestOf(contents);
  const text = `{"format":"${FORMAT}","version":${String(VERSION)},"sha256":"${sha256}","contents":${contents}}`;
  return { text, etag: `"${sha256.slice(0, 32)}"` };
}

/** Rejects with `SnapshotError`. */
export async function readSnapshot(text: string): Promise<DirectorySnapshot> {
  const envelope = envelopeSchema.safeParse(parsed(text));
  if (!envelope.success) {
    const message = `This is no link directory of version ${String(VERSION)}.`;
    throw new SnapshotError('snapshot_foreign', message);
  }
  // What was parsed is written the same way again: names and values keep their order.
  const contents = JSON.stringify(envelope.data.contents);
  if ((await digestOf(contents)) !== envelope.data.sha256) {
    throw new SnapshotError(
      'snapshot_damaged',
      'The link directory is damaged: its hash is wrong.',
    );
  }
  const read = snapshotSchema.safeParse(envelope.data.contents);
  if (!read.success) {
    const [first] = read.error.issues;
    const where = `${first?.path.map(String).join('.') ?? ''}: ${first?.message ?? ''}`;
    throw new SnapshotError('snapshot_damaged', `The link directory does not fit at ${where}.`);
  }
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = 'The link directory is damaged: it is cut off or no JSON.';
    throw new SnapshotError('snapshot_damaged', message, { cause });
  }
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
