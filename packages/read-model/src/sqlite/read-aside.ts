import { Worker } from 'node:worker_threads';
import type { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { FlatRows, FlatValues, Prepared } from '../database/session.ts';
import type { Aside } from '../database/reading-aside.ts';

export interface QuestionAside {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The rows of a query, value after value: as objects they would take longer to hand over than to read. */
export interface AnswerAside {
  readonly columns: readonly string[];
  readonly values: FlatRows;
}

/** Our own thread says it, so its shape needs no second check. */
const asSaid = z.custom<AnswerAside>();

interface Asked {
  readonly resolve: (answer: AnswerAside) => void;
  readonly reject: (error: Error) => void;
}

/** Has a thread of its own run queries, which it answers in the order in which it is asked. */
export function readAside(file: string): Aside {
  const thread = new Worker(new URL('read-thread.ts', import.meta.url), {
    argv: [file],
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const asked: Asked[] = [];
  let failure: Error | null = null;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of asked.splice(0)) reject(failure);
  };
  thread.on('message', (message: unknown) => asked.shift()?.resolve(asSaid.parse(message)));
  thread.once('error', fail);
  thread.once('exit', () => {
    fail(new Error('The thread that reads aside has ended.'));
  });
  const ask = (question: QuestionAside) =>
    new Promise<AnswerAside>((resolve, reject) => {
      if (failure !== null) {
        reject(failure);
        return;
      }
      asked.push({ resolve, reject });
      thread.postMessage(question, []);
    });
  return {
    prepare:
      <Row>({ sql }: CompiledQuery<Row>): Prepared<Row> =>
      async (parameters) => {
        const rows = rowsOf(await ask({ sql, parameters }));
        return { rows: z.custom<readonly Row[]>().parse(rows), changed: 0 };
      },
    close: async () => {
      await thread.terminate();
    },
  };
}

function rowsOf({ columns, values }: AnswerAside): readonly object[] {
  const rows: Record<string, FlatValues[number]>[] = [];
  for (let at = 0; at < values.length;) {
    const row: Record<string, FlatValues[number]> = {};
    for (const column of columns) row[column] = values[at++] ?? null;
    rows.push(row);
  }
  return rows;
}
