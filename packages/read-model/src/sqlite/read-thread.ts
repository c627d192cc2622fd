// Runs queries on a file of the read model, one after the other, for a thread that is busy with its own. It imports no
// more than it needs: what a thread imports, it holds once more.
import { parentPort } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { AnswerAside, QuestionAside } from './read-aside.ts';
import type { FlatValues } from '../database/session.ts';

if (parentPort === null) throw new Error('This runs as a thread.');
const port = parentPort;
const [, , file = ''] = process.argv;
const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 15_000 });
// What it reads it seldom reads again.
database.pragma('cache_size = -2048');
const statements = new Map<string, Database.Statement<unknown[], FlatValues>>();

port.on('message', (message: unknown) => {
  if (!isQuestion(message)) throw new TypeError('A query must be named.');
  port.postMessage(answerTo(message), []);
});

function isQuestion(message: unknown): message is QuestionAside {
  return (
    typeof message === 'object' &&
    message !== null &&
    'sql' in message &&
    typeof message.sql === 'string' &&
    'parameters' in message &&
    Array.isArray(message.parameters)
  );
}

function answerTo({ sql, parameters }: QuestionAside): AnswerAside {
  const statement = statements.get(sql) ?? database.prepare<unknown[], FlatValues>(sql).raw();
  statements.set(sql, statement);
  const values: FlatValues = [];
  for (const row of statement.iterate(...parameters)) values.push(...row);
  return { columns: statement.columns().map(({ name }) => name), values };
}
