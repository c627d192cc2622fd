import { existsSync } from 'node:fs';
import {
  openEventStore,
  openVault,
  parseAddress,
  withoutPassword,
  type Address,
} from '@provisie/engines';
import type { Stores } from '@provisie/engines/variables';
import { copyVault } from '@provisie/privacy';
import { UsageError, type Environment } from '@provisie/process';
import { copyLog, proveEqual, type LogMigration } from '../../migrating/migrate-log.ts';
import { showProgress } from '../../progress.ts';
import { count, print } from '../output.ts';

export interface MigrateChoices {
  readonly to: string;
  readonly from?: string;
  readonly vaultTo?: string;
  readonly online: boolean;
}

const ENGINES = ['sqlite', 'postgresql', 'kurrent'] as const;

/** `provisie migrate-store`: copies the log, resumes what broke off, and ends with a proof. */
export async function migrateStoreCommand(
  { environment, stores }: { readonly environment: Environment; readonly stores: Stores },
  choices: MigrateChoices,
): Promise<void> {
  const addressOf = (text: string) => addressIn(environment, text);
  const source = choices.from === undefined ? stores.eventStore : addressOf(choices.from);
  const target = addressOf(choices.to);
  const vaultTo = choices.vaultTo === undefined ? null : addressOf(choices.vaultTo);
  const { engine } = requireTwo(source, target);
  await using opened = new AsyncDisposableStack();
  // As the writer, so that nobody else writes while the last events are copied and compared.
  const from = await openEventStore(source, { readOnly: choices.online });
  opened.defer(() => from.close());
  const to = await openEventStore(target);
  opened.defer(() => to.close());
  const migration = { from, to, keepsPositions: engine !== 'kurrent' };
  await copy(migration, choices.online);
  if (choices.online) return;
  await prove(migration, source, target);
  if (vaultTo !== null) await copyTheVault(stores.vault, vaultTo);
  print(nextText(target, vaultTo, migration.keepsPositions));
}

/** `env:NAME` keeps a password out of the list of processes. */
function addressIn(environment: Environment, text: string): string {
  if (!text.startsWith('env:')) return text;
  const name = text.slice('env:'.length);
  const address = environment[name];
  if (address !== undefined && address !== '') return address;
  throw new UsageError(`There is no variable ${name} in the environment.`);
}

/** The target. */
function requireTwo(source: string, target: string): Address {
  const [one, other] = [parseAddress(source, ENGINES), parseAddress(target, ENGINES)];
  if (one.engine === 'sqlite' && !existsSync(one.file)) {
    throw new UsageError(`There is no log at ${one.file}.`);
  }
  if (JSON.stringify(one) !== JSON.stringify(other)) return other;
  throw new UsageError('Source and target are the same store.');
}

async function copy(migration: Omit<LogMigration, 'onCopied'>, isOnline: boolean): Promise<void> {
  const comparing = showProgress('Comparing what is there', 'events');
  const copying = showProgress('Copying', 'positions');
  const head = await migration.from.head();
  const startedAt = performance.now();
  try {
    const { found, copied } = await copyLog({
      ...migration,
      onCompared: (events) => comparing.update(Math.min(events, head), head),
      onCopied: (position, last) => {
        comparing.stop();
        copying.update(position, last);
      },
    });
    copying.stop();
    const seconds = (performance.now() - startedAt) / 1000;
    const had = found === 0 ? '' : `${count(found)} were there already and are the same; `;
    print(
      `${had}${count(copied)} events copied in ${seconds.toFixed(1)} s (${rate(found + copied, seconds)}).`,
    );
    if (isOnline) {
      print(
        'The server may have written more meanwhile. Stop it and run the same command without --online: it copies the rest and proves that both are equal.',
      );
    }
  } finally {
    comparing.stop();
    copying.stop();
  }
}

async function prove(migration: LogMigration, source: string, target: string): Promise<void> {
  const progress = showProgress('Proving', 'events');
  const total = await migration.from.head();
  const startedAt = performance.now();
  try {
    const proof = await proveEqual(migration, (events) => {
      progress.update(Math.min(events, total), total);
    });
    progress.stop();
    const seconds = (performance.now() - startedAt) / 1000;
    print();
    print(
      `Both logs were read anew and are equal: ${count(proof.one.events)} events, each in stream, revision, id, type, version, occurredAt, recordedAt, data and metadata${migration.keepsPositions ? ', and in position' : ''} (${rate(proof.one.events, seconds)}).`,
    );
    print(`  chain of ${withoutPassword(source)}: ${proof.one.hash}`);
    print(`  chain of ${withoutPassword(target)}: ${proof.other.hash}`);
    if (!migration.keepsPositions && proof.lastOfOther !== null) {
      print(
        `  The target gives its own positions: the last is ${count(proof.lastOfOther.position)} there, ${count(proof.last?.position ?? 0)} here.`,
      );
    }
  } finally {
    progress.stop();
  }
}

async function copyTheVault(source: string, target: string): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const from = await openVault(source, { mustExist: true });
  opened.defer(() => from.close());
  const to = await openVault(target);
  opened.defer(() => to.close());
  const proof = await copyVault(from, to);
  print();
  print(
    `The vault was read back and is equal: ${count(proof.subjectKeys)} keys and ${count(proof.secrets)} secrets in ${withoutPassword(target)}.`,
  );
}

function rate(events: number, seconds: number): string {
  return `${count(Math.round(events / Math.max(seconds, 0.001)))} a second`;
}

function nextText(to: string, vaultTo: string | null, keepsPositions: boolean): string {
  const vault = vaultTo === null ? [] : [`  PROVISIE_VAULT=${withoutPassword(vaultTo)}`];
  return [
    '',
    'Next: move the old event file away, so that nothing writes to it any more, and start with',
    `  PROVISIE_EVENT_STORE=${withoutPassword(to)}`,
    ...vault,
    keepsPositions
      ? 'The read model goes on as it is: positions are the same.'
      : 'Delete the read model first (read-model-*.sqlite*): positions are others now. It is made anew at the start.',
  ].join('\n');
}
