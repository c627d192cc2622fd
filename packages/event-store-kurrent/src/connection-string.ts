import { EventStoreError } from '@provisie/event-store';
import { settingOf } from './connection-settings.ts';
import type { ConnectionSettings } from './connection-settings.ts';

export interface ServerHost {
  readonly address: string;
  readonly port: number;
}

/** A connection string, understood. */
export interface KurrentAddress {
  readonly hosts: readonly [ServerHost, ...ServerHost[]];
  /** Whether the nodes are asked which of them leads. */
  readonly isCluster: boolean;
  readonly credentials: { readonly username: string; readonly password: string } | null;
  readonly settings: ConnectionSettings;
  /** For messages and logs: without credentials. */
  readonly shown: string;
}

const scheme = /^(?:esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\//i;
const DEFAULT_PORT = 2113;

/**
 * `esdb://` and `kurrentdb://` (also `kurrent://`, `kdb://`), each with `+discover`; one or more hosts.
 * Throws `EventStoreError` `store_unavailable`, whose message says what is wrong and shows no password.
 */
export function parseConnectionString(text: string): KurrentAddress {
  const trimmed = text.trim();
  const start = scheme.exec(trimmed);
  if (start === null) {
    throw unusable(
      'it must begin with esdb:// or kurrentdb://, with +discover before the colon to find a cluster',
    );
  }
  const rest = trimmed.slice(start[0].length);
  // Everything up to the last @ before the settings: a password may hold an @ itself.
  const end = rest.search(/\?(?!.*@)/);
  const authority = (end === -1 ? rest : rest.slice(0, end)).replace(/\/+$/, '');
  const query = end === -1 ? '' : rest.slice(end + 1);
  const at = authority.lastIndexOf('@');
  const hosts = authority
    .slice(at + 1)
    .split(',')
    .map(hostOf);
  const [first, ...others] = hosts;
  if (first === undefined) throw unusable('it names no host');
  return {
    hosts: [first, ...others],
    isCluster: start[1] !== undefined || others.length > 0,
    credentials: at === -1 ? null : credentialsOf(authority.slice(0, at)),
    settings: settingsOf(query),
    shown: hosts.map(({ address, port }) => `${address}:${port}`).join(','),
  };
}

function hostOf(text: string, index: number): ServerHost {
  const parts = /^(\[[0-9a-f:.]+\]|[^:[\]]*)(?::(.*))?$/i.exec(text.trim());
  const address = parts?.[1] ?? '';
  const which = `its host ${index + 1}`;
  if (!/^(?:\[[0-9a-f:.]+\]|[A-Za-z0-9._-]+)$/i.test(address)) {
    throw unusable(
      `${which} is missing or has a character that no host name has (a password's special characters must be percent-encoded)`,
    );
  }
  const portText = parts?.[2];
  if (portText === undefined) return { address, port: DEFAULT_PORT };
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
  if (port < 1 || port > 65_535)
    throw unusable(`the port of ${which} must be a number from 1 to 65535`);
  return { address, port };
}

function credentialsOf(text: string): { username: string; password: string } {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) {
    throw unusable('before the @ it must name a user and a password, as user:password');
  }
  try {
    return {
      username: decodeURIComponent(text.slice(0, colon)),
      password: decodeURIComponent(text.slice(colon + 1)),
    };
  } catch {
    throw unusable(
      'the user or the password has a % that begins no percent-encoding; write %25 for it',
    );
  }
}

function settingsOf(query: string): ConnectionSettings {
  const settings: ConnectionSettings = {};
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const equals = pair.indexOf('=');
    const key = equals === -1 ? pair : pair.slice(0, equals);
    const value = equals === -1 ? '' : pair.slice(equals + 1);
    const setting = settingOf(key, value);
    if (typeof setting === 'string') throw unusable(setting);
    Object.assign(settings, setting);
  }
  return settings;
}

function unusable(reason: string): EventStoreError {
  return new EventStoreError(
    'store_unavailable',
    `The connection string of the event store can't be used: ${reason}. Example: kurrentdb://user:password@node1:2113,node2:2113,node3:2113?tls=true`,
  );
}
