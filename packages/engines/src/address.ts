import { resolve } from 'node:path';
import { UsageError } from '@provisie/process';

/** Where something is kept, read from its address. */
export type Address =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgresql'; readonly url: string }
  | { readonly engine: 'kurrent'; readonly connectionString: string };

export type EngineName = Address['engine'];
export type AddressOf<Engine extends EngineName> = Extract<Address, { readonly engine: Engine }>;

const FORMS: Readonly<Record<EngineName, string>> = {
  sqlite: 'sqlite:FILE',
  postgresql: 'postgres://USER:PASSWORD@HOST/DATABASE',
  kurrent: 'kurrentdb://USER:PASSWORD@HOST:2113',
};

/**
 * `sqlite:FILE`, `postgres://…` or `postgresql://…`, `kurrentdb://…` or `esdb://…` (also with `+discover`).
 * Throws `UsageError`, which never shows the address: it may hold a password.
 */
export function parseAddress<Engine extends EngineName>(
  text: string,
  allowed: readonly Engine[],
): AddressOf<Engine> {
  const address = addressOf(text);
  if (address !== null && isOneOf(address, allowed)) return address;
  const forms = allowed.map((engine) => FORMS[engine]).join(', ');
  const shown = /^([a-z+]{1,20}):/i.exec(text)?.[1];
  const found = shown === undefined ? 'it has no such beginning' : `it begins with "${shown}:"`;
  throw new UsageError(`An address must be one of ${forms}; ${found}.`);
}

function isOneOf<Engine extends EngineName>(
  address: Address,
  engines: readonly Engine[],
): address is AddressOf<Engine> {
  return engines.some((engine) => engine === address.engine);
}

function addressOf(text: string): Address | null {
  if (text.startsWith('sqlite:')) return sqliteAddress(text.slice('sqlite:'.length));
  if (/^postgres(ql)?:\/\/./.test(text)) return { engine: 'postgresql', url: text };
  if (/^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\/./.test(text)) {
    return { engine: 'kurrent', connectionString: text };
  }
  return null;
}

function sqliteAddress(file: string): Address | null {
  return file === '' ? null : { engine: 'sqlite', file: resolve(file.replace(/^\/\/(?=\/)/, '')) };
}

/** The address without its password: for people and logs. */
export function withoutPassword(text: string): string {
  return text.replace(
    /:\/\/([^/@]*)@/,
    (_, login: string) => `://${login.split(':', 1)[0] ?? ''}@`,
  );
}
