import { progressTables, type ProgressTables } from './progress-tables.ts';
import { touchTables, type TouchTables } from './touch-tables.ts';
import { factTables, type FactTables } from './fact-tables.ts';
import { entityTables, type EntityTables } from './entity-tables.ts';
import { decisionTables, type DecisionTables } from './decision-tables.ts';
import { ledgerTables, type LedgerTables } from './ledger-tables.ts';
import { payoutTables, type PayoutTables } from './payout-tables.ts';
import { performanceTables, type PerformanceTables } from './performance-tables.ts';
import type { DefinitionsOf } from './table-definition.ts';

export type * from './progress-tables.ts';
export type * from './touch-tables.ts';
export type * from './fact-tables.ts';
export type * from './entity-tables.ts';
export type * from './decision-tables.ts';
export type * from './ledger-tables.ts';
export * from './entry-key.ts';
export type * from './payout-tables.ts';
export type * from './performance-tables.ts';

/**
 * The tables of the read model. Instants are UTC milliseconds, amounts whole cents, days whole days since
 * 1970-01-01 (UTC), flags 0 or 1; `''` in a dimension of a day table means that there is none.
 */
export interface Tables
  extends
    ProgressTables,
    TouchTables,
    FactTables,
    EntityTables,
    DecisionTables,
    LedgerTables,
    PayoutTables,
    PerformanceTables {}

export type TableName = keyof Tables;

/** Every table with its key and indexes, in the order in which `verify` compares them. */
export const TABLES: DefinitionsOf<Tables> = {
  ...progressTables,
  ...touchTables,
  ...factTables,
  ...entityTables,
  ...decisionTables,
  ...ledgerTables,
  ...payoutTables,
  ...performanceTables,
};

export const TABLE_NAMES = Object.keys(TABLES).filter(isTableName);

function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLES, name);
}
