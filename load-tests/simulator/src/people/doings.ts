import type { Doing } from './doing.ts';
import { FINANCE_DOINGS } from './finance.ts';
import { OFFICE_DOINGS } from './office.ts';
import { SHOP_DOINGS } from './shop.ts';
import { VISITOR_DOINGS } from './visitors.ts';

/** All that people outside do, by name. */
export const DOINGS: Readonly<Record<string, Doing>> = {
  ...VISITOR_DOINGS,
  ...SHOP_DOINGS,
  ...OFFICE_DOINGS,
  ...FINANCE_DOINGS,
};
