import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openWriter } from './connection.ts';

test('of a disk that is full, the disk is reported, and the next transaction works', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'provisie-connection-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { db } = openWriter(join(folder, 'read-model.sqlite'), 'live');
  onTestFinished(() => db.destroy());
  await sql`create table notes (text text)`.execute(db);
  const write = (bytes: number) =>
    db.transaction().execute(async (transaction) => {
      await sql`insert into notes values (${'a'.repeat(bytes)})`.execute(transaction);
    });
  // No more pages than there are stands for a disk that has no more room.
  await sql.raw('pragma max_page_count = 1').execute(db);
  await expect(write(100_000)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  await write(10);
});
