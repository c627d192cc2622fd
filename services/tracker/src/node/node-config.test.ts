import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readNodeConfig } from './node-config.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const store = { PROVISIE_EVENT_STORE: 'postgres://provisie:geheim@db/log' };
const keys = { PROVISIE_CUSTOMER_KEY: KEY, PROVISIE_IP_KEY: KEY };

test('needs the log, and the keys or the vault that holds them', () => {
  expect(readNodeConfig({ ...store, ...keys, PROVISIE_NODE_NAME: 'ams1' })).toMatchObject({
    port: 8080,
    nodeName: 'ams1',
    eventStore: store.PROVISIE_EVENT_STORE,
    keys: { kind: 'given' },
    secureCookies: true,
    directoryToken: null,
    collectorSecret: null,
    spoolMaxBytes: 8 * 1024 ** 3,
  });
  expect(readNodeConfig({ ...store, PROVISIE_VAULT: 'postgres://db/vault' }).keys).toEqual({
    kind: 'vault',
    vault: 'postgres://db/vault',
  });
});

test('tells all mistakes at once, and no secret', () => {
  const environment = {
    PROVISIE_EVENT_STORE: 'mysql://root:geheim@db',
    PROVISIE_CUSTOMER_KEY: 'geheim',
    PROVISIE_NODE_NAME: 'Amsterdam 1',
    PROVISIE_LINK_DIRECTORY_TOKEN: 'geheim',
    PROVISIE_COLLECTOR_SECRET: 'geheim',
    PROVISIE_SPOOL_MAX_MB: '0',
    PROVISIE_SPOL_MAX_MB: '5',
  };
  const mistakes = thrownBy(() => readNodeConfig(environment));
  for (const name of [...Object.keys(environment), 'PROVISIE_VAULT']) {
    expect(mistakes).toMatch(new RegExp(`^ +${name} `, 'm'));
  }
  expect(mistakes).not.toContain('geheim');
});

test('polls with a token only', () => {
  const polling = { PROVISIE_LINK_DIRECTORY_URL: 'https://go.example.nl/link-directory' };
  expect(() => readNodeConfig({ ...store, ...keys, ...polling })).toThrow(
    'PROVISIE_LINK_DIRECTORY_TOKEN must be given with PROVISIE_LINK_DIRECTORY_URL',
  );
});

test('takes secrets from files, and says which of them it cannot read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'key');
  writeFileSync(file, `${KEY}\n`);
  const environment = {
    ...store,
    PROVISIE_CUSTOMER_KEY_FILE: file,
    PROVISIE_IP_KEY_FILE: file,
  };
  expect(readNodeConfig(environment).keys).toEqual({
    kind: 'given',
    customers: new Uint8Array(32).fill(7),
    addresses: new Uint8Array(32).fill(7),
  });
  const missing = { ...environment, PROVISIE_IP_KEY_FILE: join(folder, 'none') };
  expect(() => readNodeConfig(missing)).toThrow(
    'PROVISIE_IP_KEY_FILE must name a file that can be read',
  );
  expect(() => readNodeConfig({ ...environment, PROVISIE_IP_KEY: KEY })).toThrow(
    'PROVISIE_IP_KEY_FILE and PROVISIE_IP_KEY are both given',
  );
});

function thrownBy(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was thrown');
}
