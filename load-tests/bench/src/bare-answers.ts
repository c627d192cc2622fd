import path from 'node:path';
import Database from 'better-sqlite3';
import { Hono } from 'hono';

const NO_KEYS = { adminKey: '', partnerKey: '' };
const answersIn = (folder: string) => path.join(folder, 'answers.sqlite');

/** Keeps what the API answered, so that a bare app has answers of the same size. */
export function keepAnswers(folder: string, answers: ReadonlyMap<string, string>): void {
  const database = new Database(answersIn(folder));
  database.exec('drop table if exists answers');
  database.exec('create table answers (place text primary key, body text) without rowid');
  const insert = database.prepare<[string, string]>('insert into answers values (?, ?)');
  database.transaction(() => {
    for (const [place, body] of answers) insert.run(place, body);
  })();
  database.close();
}

/** `/{place}`: one read by primary key, and the answer. */
export function openBareAnswers(folder: string) {
  const database = new Database(answersIn(folder), { readonly: true });
  const bodyOf = database
    .prepare<[string], string>('select body from answers where place = ?')
    .pluck();
  const app = new Hono();
  app.get('/:place', (c) => {
    const body = bodyOf.get(c.req.param('place'));
    if (body === undefined) return c.notFound();
    return c.body(body, 200, { 'Content-Type': 'application/json' });
  });
  const close = async () => {
    database.close();
  };
  return { fetch: app.fetch, keys: NO_KEYS, close };
}
