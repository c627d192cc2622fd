import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KurrentDouble } from '@provisie/event-store-testkit/kurrent';
import { openKurrentEventStore } from '../src/index.ts';
import { anEvent } from './given.ts';
import { quick } from './kurrent-doubles.ts';

const pathOf = (name: string) => fileURLToPath(new URL(`tls/${name}`, import.meta.url));

let double: KurrentDouble;

beforeAll(async () => {
  double = await KurrentDouble.start({
    tls: {
      key: readFileSync(pathOf('key.pem')),
      certificate: readFileSync(pathOf('certificate.pem')),
    },
    credentials: { username: 'provisie', password: 'p@ss/word' },
  });
});

afterAll(() => double.stop());

async function appendWith(credentials: string, settings: string) {
  const store = await openKurrentEventStore({
    connectionString: `kurrentdb://${credentials}127.0.0.1:${double.address.port}?tls=true${settings}`,
    patience: { ...quick, limitMs: 1_500 },
  });
  try {
    return await store.append('order-1', [anEvent()], 'any');
  } finally {
    await store.close();
  }
}

const authority = `&tlsCAFile=${encodeURIComponent(pathOf('certificate.pem'))}`;

/** The key of the certificate is no secret: it stands beside it, for this test. */
describe('a server with TLS', () => {
  test('is written to with its authority, user and password', async () => {
    expect(await appendWith('provisie:p%40ss%2Fword@', authority)).toMatchObject({ ok: true });
  });

  test.each([
    ['another password', 'provisie:wrong@'],
    ['no user', ''],
  ])('refuses %s, and the message has no secret', async (_name, credentials) => {
    const refused = appendWith(credentials, authority);
    await expect(refused).rejects.toThrow(/denies access/);
    await expect(refused).rejects.not.toThrow(/wrong@|provisie:/);
  });

  test('whose authority is unknown is not written to', async () => {
    await expect(appendWith('provisie:p%40ss%2Fword@', '')).rejects.toMatchObject({
      code: 'store_unavailable',
    });
  });

  test('with a file for its authority that is missing is refused at once, by name', async () => {
    const refused = appendWith('', '&tlsCAFile=%2Fnowhere%2Fca.pem');
    await expect(refused).rejects.toThrow('/nowhere/ca.pem');
  });
});
