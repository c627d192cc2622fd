import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { Checkpoints } from './checkpoints.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-checkpoints-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function checkpointsOf(file: string): Checkpoints {
  const checkpoints = new Checkpoints(file);
  onTestFinished(() => checkpoints.close());
  return checkpoints;
}

test('what was committed gets into the file while its writer goes on', async () => {
  const file = join(emptyFolder(), 'events.sqlite');
  const writer = new Database(file);
  onTestFinished(() => {
    writer.close();
  });
  writer.pragma('journal_mode = WAL');
  writer.pragma('wal_autocheckpoint = 0');
  writer.exec('create table events (data text)');
  const insert = writer.prepare('insert into events values (zeroblob(100000))');
  insert.run();
  const checkpoints = checkpointsOf(file);
  checkpoints.written(1999);
  insert.run();
  expect(statSync(file).size).toBeLessThan(100_000);
  checkpoints.written(1);
  await expect.poll(() => statSync(file).size, { timeout: 10_000 }).toBeGreaterThan(200_000);
  insert.run();
  expect(writer.prepare('select count(*) from events').pluck().get()).toBe(3);
});

test('where it can’t be done, the writer isn’t told', async () => {
  const checkpoints = checkpointsOf(join(emptyFolder(), 'missing.sqlite'));
  for (let commit = 0; commit < 3; commit += 1) checkpoints.written(5000);
  await expect(checkpoints.close()).resolves.toBeUndefined();
});
