import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '@provisie/process';
import { fileHash } from './file-hash.ts';
import { MANIFEST, readManifest, type EventsManifest, type VaultManifest } from './manifest.ts';

/** A folder with a manifest and the one file that it tells of. */
export interface BackupPart<Manifest> {
  readonly folder: string;
  readonly file: string;
  readonly manifest: Manifest;
}

export interface BackupParts {
  /** The whole log first, then its increments in order. */
  readonly events: readonly BackupPart<EventsManifest>[];
  readonly vault: BackupPart<VaultManifest> | null;
}

/** Whether a folder is a backup, or holds its parts. */
export function isBackup(folder: string): boolean {
  return partFolders(folder).length > 0;
}

/**
 * Finds the parts in folders of backups; throws `UsageError` when there is none, two of a kind, or an increment that
 * doesn't follow.
 */
export async function findParts(folders: readonly string[]): Promise<BackupParts> {
  const events: BackupPart<EventsManifest>[] = [];
  let vault: BackupPart<VaultManifest> | null = null;
  for (const given of folders) {
    const found = partFolders(given);
    if (found.length === 0) {
      throw new UsageError(`There is no backup in ${given} (no ${MANIFEST}, no events, no vault).`);
    }
    for (const folder of found) {
      const manifest = await readManifest(folder);
      const file = join(folder, manifest.file.name);
      if (manifest.part === 'events') events.push({ folder, file, manifest });
      else if (vault === null || vault.manifest.createdAt < manifest.createdAt) {
        vault = { folder, file, manifest };
      }
    }
  }
  return { events: inOrder(events), vault };
}

function partFolders(given: string): string[] {
  const folder = resolve(given);
  const folders = [folder, join(folder, 'events'), join(folder, 'vault')];
  return folders.filter((candidate) => existsSync(join(candidate, MANIFEST)));
}

function inOrder(
  parts: readonly BackupPart<EventsManifest>[],
): readonly BackupPart<EventsManifest>[] {
  const whole = parts.filter(({ manifest }) => manifest.since === null);
  const increments = parts.filter(({ manifest }) => manifest.since !== null).toSorted(byPlace);
  const [base] = whole;
  if (parts.length === 0) return [];
  if (base === undefined) {
    throw new UsageError(
      'These backups hold only what came after another one. Name that one too: the one with the whole log.',
    );
  }
  if (whole.length > 1) {
    throw new UsageError('Two of these backups hold a whole log. Name one, and its increments.');
  }
  increments.reduce(requireNext, base);
  return [base, ...increments];
}

/** An increment without events ends where it begins, and comes after the one that ends there. */
function byPlace(a: BackupPart<EventsManifest>, b: BackupPart<EventsManifest>): number {
  const [one, other] = [a.manifest, b.manifest];
  const byEnd = one.log.events - other.log.events;
  return byEnd === 0 ? (one.since?.events ?? 0) - (other.since?.events ?? 0) : byEnd;
}

function requireNext(
  before: BackupPart<EventsManifest>,
  increment: BackupPart<EventsManifest>,
): BackupPart<EventsManifest> {
  const { since } = increment.manifest;
  const { log } = before.manifest;
  if (since?.chain === log.chain && since.events === log.events) return increment;
  throw new UsageError(
    `${increment.folder} goes on after position ${String(since?.position)}, and ${before.folder} ends at position ${log.position}: one between them is missing, or they are of two logs.`,
  );
}

/** Throws `UsageError` when the file isn't the one that was backed up. */
export async function requireUnchanged({
  file,
  manifest,
}: BackupPart<EventsManifest | VaultManifest>): Promise<void> {
  const found = await fileHash(file).catch(() => null);
  if (found === null) throw new UsageError(`${file} is missing, or can't be read.`);
  if (found.sha256 === manifest.file.sha256) return;
  throw new UsageError(
    `${file} is not as it was backed up: it has ${found.bytes} bytes and SHA-256 ${found.sha256}, the manifest says ${manifest.file.bytes} and ${manifest.file.sha256}. Take another backup.`,
  );
}

/** What the newest backup of a log in a folder says; throws `UsageError` when there is none. */
export async function findNewest(folder: string): Promise<EventsManifest> {
  const manifests: EventsManifest[] = [];
  for (const part of partFolders(folder)) {
    const manifest = await readManifest(part);
    if (manifest.part === 'events') manifests.push(manifest);
  }
  const newest = manifests.toSorted((a, b) => b.log.position - a.log.position)[0];
  if (newest === undefined) throw new UsageError(`There is no backup of a log in ${folder}.`);
  return newest;
}
