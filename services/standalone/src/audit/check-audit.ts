import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventChain } from '@provisie/event-store/log-equality';
import { z } from 'zod';
import { UsageError } from '@provisie/process';
import { linesOf, piecesOf } from '../lines.ts';
import {
  AUDIT_FILES,
  MANIFEST,
  manifestSchema,
  type FileEntry,
  type Manifest,
} from './manifest.ts';

export interface CheckedFile {
  readonly name: string;
  /** What is wrong, in words; null: it is what the manifest says. */
  readonly problem: string | null;
}

export interface AuditCheck {
  readonly manifest: Manifest;
  /** SHA-256 of the manifest itself. */
  readonly manifestHash: string;
  readonly files: readonly CheckedFile[];
  readonly ok: boolean;
}

/** Compares every file of an export with its manifest. With `earlier`, the events must begin with those of that export. */
export async function checkAudit(folder: string, earlier: string | null): Promise<AuditCheck> {
  const { manifest, manifestHash } = await readManifest(folder);
  const before = earlier === null ? null : (await readManifest(earlier)).manifest;
  const files: CheckedFile[] = [];
  for (const name of AUDIT_FILES) {
    files.push({ name, problem: await problemOf(join(folder, name), manifest.files[name]) });
  }
  const isWhole = files.every(({ name, problem }) => name !== 'events.jsonl' || problem === null);
  if (isWhole) files.push(...(await checkChain(folder, manifest, before)));
  files.push(...(await strangers(folder)));
  const ok = files.every(({ problem }) => problem === null);
  return { manifest, manifestHash, files, ok };
}

async function readManifest(
  folder: string,
): Promise<{ readonly manifest: Manifest; readonly manifestHash: string }> {
  const file = join(folder, MANIFEST);
  const bytes = await readFile(file).catch(() => {
    throw new UsageError(`There is no export in ${folder} (no ${MANIFEST} that can be read).`);
  });
  const read = manifestSchema.safeParse(jsonOf(bytes.toString()));
  if (!read.success) {
    throw new UsageError(`${file} is no manifest of an export:\n${z.prettifyError(read.error)}`);
  }
  return {
    manifest: read.data,
    manifestHash: createHash('sha256').update(bytes).digest('hex'),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function problemOf(path: string, told: FileEntry): Promise<string | null> {
  const found = await measured(path).catch(() => null);
  if (found === null) return 'is missing, or can’t be read';
  if (found.sha256 === told.sha256 && found.bytes === told.bytes) return null;
  return found.bytes === told.bytes
    ? `has other content: its SHA-256 is ${found.sha256}, the manifest says ${told.sha256}`
    : `has ${String(found.bytes)} bytes, the manifest says ${String(told.bytes)}`;
}

async function measured(path: string): Promise<Pick<FileEntry, 'sha256' | 'bytes'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  const pieces: AsyncIterable<Uint8Array> = createReadStream(path);
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** The chain is worked out anew from the events; after as many as the earlier export has, it must be that one's. */
async function checkChain(
  folder: string,
  { log }: Manifest,
  before: Manifest | null,
): Promise<CheckedFile[]> {
  const chain = new EventChain();
  let hashBefore = before?.log.events === 0 ? chain.hash : null;
  for await (const line of linesOf(piecesOf(join(folder, 'events.jsonl')))) {
    chain.add(line);
    if (chain.events === before?.log.events) hashBefore = chain.hash;
  }
  const isWhole = chain.events === log.events && chain.hash === log.chain;
  const checked: CheckedFile[] = [
    {
      name: 'chain of events',
      problem: isWhole ? null : `ends in ${chain.hash}, the manifest says ${log.chain}`,
    },
  ];
  if (before === null) return checked;
  const extendsIt = hashBefore === before.log.chain;
  const problem = `its first ${String(before.log.events)} events are not those of the earlier export`;
  return [...checked, { name: 'earlier export', problem: extendsIt ? null : problem }];
}

/** What lies in the folder and doesn't belong to the export. */
async function strangers(folder: string): Promise<CheckedFile[]> {
  const own = new Set<string>([...AUDIT_FILES, MANIFEST]);
  const names = await readdir(folder);
  return names
    .filter((name) => !own.has(name))
    .map((name) => ({ name, problem: 'is no file of the export' }));
}
