import { createHash } from 'node:crypto';
import type { ClientBase, QueryConfig } from 'pg';
import type { CompiledQuery } from 'kysely';
import type { Prepare, Prepared } from '../database/session.ts';
import { parameterOf } from './values.ts';

const MOST_NAMES = 1000;
const names = new Map<string, string>();

/** Statements that rows go through are prepared once on each connection, under a name that follows from the text. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  if (!/^\s*(?:select|insert|update|delete)\s/i.test(text)) return undefined;
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(text, name);
  return name;
}

export function queryOf(text: string, parameters: readonly unknown[]): QueryConfig<unknown[]> {
  const name = nameOf(text);
  const values = parameters.map(parameterOf);
  return name === undefined ? { text, values } : { name, text, values };
}

/** Prepares for the connection that is open when the query is run. */
export function prepareOn(client: () => ClientBase): Prepare {
  return <Row>({ sql }: CompiledQuery<Row>): Prepared<Row> =>
    async (parameters) => {
      const { rows, rowCount } = await client().query<Row & object>(queryOf(sql, parameters));
      return { rows, changed: rowCount ?? 0 };
    };
}
