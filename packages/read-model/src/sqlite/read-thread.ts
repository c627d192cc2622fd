// Runs queries on a file of the read model, one after the other, for a thread that is busy with its own.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { AnswerAside } from './read-aside.ts';
import type { FlatValues } from '../database/session.ts';

const { file } = z.object({ file: z.string() }).parse(workerData);
const question = z.object({ sql: z.string(), parameters: z.array(z.unknown()) });
const values = z.custom<FlatValues>();

if (parentPort === null) throw new Error('This runs as a thread.');
const port = parentPort;
const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 15_000 });
// What it reads it seldom reads again.
database.pragma('cache_size = -2048');
const statements = new Map<string, Database.Statement<unknown[]>>();

port.on('message', (message: unknown) => {
  port.postMessage(answerTo(question.parse(message)), []);
});

function answerTo({ sql, parameters }: z.infer<typeof question>): AnswerAside {
  const statement = statements.get(sql) ?? database.prepare(sql).raw();
  statements.set(sql, statement);
  const flat: FlatValues = [];
  for (const row of statement.iterate(...parameters)) flat.push(...values.parse(row));
  return { columns: statement.columns().map(({ name }) => name), values: flat };
}
