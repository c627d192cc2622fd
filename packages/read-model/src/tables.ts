import { progressTables, type ProgressTables } from './tables/progress-tables.ts';
import { touchTables, type TouchTables } from './tables/touch-tables.ts';
import { factTables, type FactTables } from './tables/fact-tables.ts';
import { entityTables, type EntityTables } from './tables/entity-tables.ts';
import { decisionTables, type DecisionTables } from './tables/decision-tables.ts';
import { ledgerTables, type LedgerTables } from './tables/ledger-tables.ts';
import { payoutTables, type PayoutTables } from './tables/payout-tables.ts';
import { performanceTables, type PerformanceTables } from './tables/performance-tables.ts';
import type { DefinitionsOf } from './tables/table-definition.ts';

export type * from './tables/progress-tables.ts';
export type * from './tables/touch-tables.ts';
export type * from './tables/fact-tables.ts';
export type * from './tables/entity-tables.ts';
export type * from './tables/decision-tables.ts';
export type * from './tables/ledger-tables.ts';
export type * from './tables/payout-tables.ts';
export type * from './tables/performance-tables.ts';

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
