import type { RecordedEvent } from '@provisie/event-store';
import { createTestDatabase, postgresMissing, type TestDatabase } from '@provisie/postgres-testkit';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import type { OpenedReadModel } from '../src/opened-read-model.ts';
import {
  openPostgresReadModel,
  type PostgresReadModel,
} from '../src/postgres/postgres-read-model.ts';
import { openSqliteReadModel } from '../src/sqlite/sqlite-read-model.ts';
import { recorded, type Written } from './events.ts';
import { applyInBatches, clear, closing, temporaryFolder } from './read-models.ts';

const DIALECTS = ['sqlite', 'postgresql'] as const;
type DialectName = (typeof DIALECTS)[number];

/** Read models on one of the databases; all are closed after the test. */
export interface ReadModels {
  readonly dialect: DialectName;
  empty(): Promise<OpenedReadModel>;
  /** A read model after these events, in batches of these sizes, the last size again and again. */
  afterLog(
    events: readonly RecordedEvent[],
    batchSizes?: readonly number[],
  ): Promise<OpenedReadModel>;
  after(events: readonly Written[]): Promise<OpenedReadModel>;
  /** The same read model as another process opens it. */
  again(model: OpenedReadModel, options?: { readonly readOnly: boolean }): Promise<OpenedReadModel>;
  /** How often a property is tried: statements take longer on a server. */
  readonly runs: { readonly numRuns: number };
}

interface Opening {
  open(): Promise<OpenedReadModel>;
  again(model: OpenedReadModel, readOnly: boolean): Promise<OpenedReadModel>;
}

const MOST_RUNS = Number(process.env['PROPERTY_RUNS'] ?? 20);

/** Declares the tests once for each database; those on PostgreSQL are skipped where there is no server. */
export function onEachDatabase(declareTests: (models: ReadModels) => void): void {
  for (const dialect of DIALECTS) {
    const missing = dialect === 'sqlite' ? null : postgresMissing();
    describe.skipIf(missing !== null)(`${dialect}${missing === null ? '' : `: ${missing}`}`, () => {
      declareTests(readModelsOn(dialect, dialect === 'sqlite' ? onSqlite() : onPostgres()));
    });
  }
}

function readModelsOn(dialect: DialectName, opening: Opening): ReadModels {
  const afterLog = async (log: readonly RecordedEvent[], batchSizes: readonly number[] = [100]) => {
    const model = await opening.open();
    await applyInBatches(model, log, batchSizes);
    return model;
  };
  return {
    dialect,
    empty: () => opening.open(),
    afterLog,
    after: (events) => afterLog(recorded(events)),
    again: (model, options) => opening.again(model, options?.readOnly ?? false),
    runs: { numRuns: dialect === 'sqlite' ? MOST_RUNS : Math.ceil(MOST_RUNS / 4) },
  };
}

function onSqlite(): Opening {
  const files = new WeakMap<OpenedReadModel, string>();
  return {
    open: async () => {
      const model = closing(await openSqliteReadModel({ folder: temporaryFolder() }));
      files.set(model, model.file);
      return model;
    },
    again: async (model, readOnly) =>
      closing(await openSqliteReadModel({ file: files.get(model) ?? '', readOnly })),
  };
}

/** Making tables takes longer than most tests: a read model that a test is done with is cleared for the next. */
function onPostgres(): Opening {
  let database: TestDatabase | null = null;
  let made = 0;
  const schemas = new WeakMap<OpenedReadModel, string>();
  const free: PostgresReadModel[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    for (const model of free) await model.close();
    await database?.drop();
  });
  const urlOf = () => database?.url ?? '';
  return {
    open: async () => {
      const used = free.pop();
      if (used !== undefined) await clear(used);
      const model =
        used ?? (await openPostgresReadModel({ url: urlOf(), schema: `read_model_${made++}` }));
      schemas.set(model, model.schema);
      onTestFinished(() => {
        free.push(model);
      });
      return model;
    },
    again: async (model, readOnly) =>
      closing(
        await openPostgresReadModel({ url: urlOf(), schema: schemas.get(model) ?? '', readOnly }),
      ),
  };
}
