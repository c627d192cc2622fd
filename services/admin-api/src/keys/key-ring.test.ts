import type { Fact } from '@provisie/domain';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeyRing } from './key-ring.ts';

const hash = 'a'.repeat(64);
const recorded = { recordedAt: 5, position: 1 };
const issued: Fact = {
  ...recorded,
  id: '1',
  type: 'AccessKeyIssued',
  occurredAt: 1,
  data: {
    keyId: 'k1',
    secretHash: hash,
    hint: 'pv_live_abcd…',
    label: 'Woonblog',
    scopes: ['partner'],
    partnerId: 'woonblog',
  },
};
const revoked: Fact = {
  ...recorded,
  id: '2',
  type: 'AccessKeyRevoked',
  occurredAt: 2,
  data: { keyId: 'k1' },
};

test('an issued key is found, with whose data it may read', () => {
  const ring = createKeyRing();
  expect(ring.find(hash)).toBeNull();
  ring.apply([issued]);
  expect(ring.find(hash)).toEqual({ keyId: 'k1', scopes: ['partner'], partnerId: 'woonblog' });
  expect(ring.keys()).toMatchObject([{ keyId: 'k1', issuedAt: 1, revokedAt: null }]);
});

test('once revoked it stays so, in whatever order and however often the facts come', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([issued, revoked, issued, revoked], { minLength: 4 }),
      (facts) => {
        const ring = createKeyRing();
        ring.apply(facts);
        expect(ring.find(hash)).toBeNull();
        expect(ring.keys()).toMatchObject([{ keyId: 'k1', revokedAt: 2 }]);
      },
    ),
  );
});

test('what the log lists never holds a secret hash', () => {
  const ring = createKeyRing();
  ring.apply([issued]);
  expect(JSON.stringify(ring.keys())).not.toContain(hash);
});
