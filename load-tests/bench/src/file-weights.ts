import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** Bytes of the pages of each table and index of an SQLite file, by name. */
export type Weights = Readonly<Record<string, number>>;

/** The events file and the read model's file of a data folder. */
export function weighFolder(folder: string): {
  readonly log: Weights;
  readonly readModel: Weights;
} {
  return {
    log: weigh(path.join(folder, 'events.sqlite')),
    readModel: weigh(largestReadModel(folder)),
  };
}

export function totalOf(weights: Weights): number {
  return Object.values(weights).reduce((sum, bytes) => sum + bytes, 0);
}

function weigh(file: string): Weights {
  const db = new Database(file, { readonly: true });
  try {
    const rows = db
      .prepare<[], { name: string; bytes: number }>(
        'select name, sum(pgsize) as bytes from dbstat group by name order by bytes desc',
      )
      .all();
    return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
  } finally {
    db.close();
  }
}

function largestReadModel(folder: string): string {
  const files = readdirSync(folder)
    .filter((name) => /^read-model-.*\.sqlite$/.test(name))
    .map((name) => path.join(folder, name));
  const [largest] = files.toSorted((one, other) => statSync(other).size - statSync(one).size);
  if (largest === undefined) throw new Error(`there is no read model in ${folder}`);
  return largest;
}
