import { openEventStore, parseAddress, withoutPassword } from '@provisie/engines';
import type { ImportingStore } from '@provisie/event-store';
import { UsageError } from '@provisie/process';
import { requireDataFolder } from '../../data-folder.ts';
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
  dataFolder: string,
  choices: MigrateChoices,
): Promise<void> {
  const source = choices.from ?? `sqlite:${requireDataFolder(dataFolder).events}`;
  const target = parseAddress(choices.to, ENGINES);
  requireTwo(source, choices.to);
  await using opened = new AsyncDisposableStack();
  // As the writer, so that nobody else writes while the last events are copied and compared.
  const from = await openEventStore(source, { readOnly: choices.online });
  opened.defer(() => from.close());
  const to = await openEventStore(choices.to);
  opened.defer(() => to.close());
  const migration = { from, to, keepsPositions: target.engine !== 'kurrent' };
  await copy(migration, choices.online);
  if (choices.online) return;
  await prove(migration, source, choices.to);
  if (choices.vaultTo !== undefined) await copyTheVault(dataFolder, choices.vaultTo);
  print(nextText(choices, migration.keepsPositions));
}

function requireTwo(source: string, target: string): void {
  const [one, other] = [parseAddress(source, ENGINES), parseAddress(target, ENGINES)];
  if (JSON.stringify(one) !== JSON.stringify(other)) return;
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

async function copyTheVault(dataFolder: string, address: string): Promise<void> {
  throw new UsageError(`not yet ${dataFolder} ${address}`);
}

function rate(events: number, seconds: number): string {
  return `${count(Math.round(events / Math.max(seconds, 0.001)))} a second`;
}

function nextText({ to, vaultTo }: MigrateChoices, keepsPositions: boolean): string {
  const vault = vaultTo === undefined ? [] : [`  PROVISIE_VAULT=${withoutPassword(vaultTo)}`];
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
