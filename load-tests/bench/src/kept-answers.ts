import path from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { isPostgres } from './trade/open-trade.ts';

/** What the API answered, so that a bare app has answers of the same size. */
interface KeptAnswers {
  keep(answers: ReadonlyMap<string, string>): Promise<void>;
  bodyOf(place: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** In a file in the folder, or in a table of the database, that is named. */
export function openKeptAnswers(address: string): Promise<KeptAnswers> {
  return isPostgres(address) ? onPostgres(address) : onSqlite(address);
}

const TABLE = 'create table if not exists answers (place text primary key, body text)';

async function onSqlite(folder: string): Promise<KeptAnswers> {
  const database = new Database(path.join(folder, 'answers.sqlite'));
  database.exec(`${TABLE} without rowid`);
  const insert = database.prepare<[string, string]>('insert into answers values (?, ?)');
  const read = database
    .prepare<[string], string>('select body from answers where place = ?')
    .pluck();
  return {
    keep: async (answers) => {
      database.transaction(() => {
        database.exec('delete from answers');
        for (const [place, body] of answers) insert.run(place, body);
      })();
    },
    bodyOf: async (place) => read.get(place),
    close: async () => {
      database.close();
    },
  };
}

async function onPostgres(url: string): Promise<KeptAnswers> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(TABLE);
  return {
    keep: async (answers) => {
      await client.query('truncate answers');
      await client.query('insert into answers select * from unnest($1::text[], $2::text[])', [
        [...answers.keys()],
        [...answers.values()],
      ]);
      await client.query('vacuum analyze answers');
    },
    bodyOf: async (place) => {
      const { rows } = await client.query<{ body: string }>({
        name: 'answer',
        text: 'select body from answers where place = $1',
        values: [place],
      });
      return rows[0]?.body;
    },
    close: () => client.end(),
  };
}
