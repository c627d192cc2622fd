import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createCustomerKeys } from './customer-keys.ts';

const secret = new TextEncoder().encode('a secret of the tests');
const keys = createCustomerKeys(secret);

/** The same through another implementation than WebCrypto. */
const hmac = (message: string) => createHmac('sha256', secret).update(message).digest('base64url');

describe('the key of an e-mail address', () => {
  test('is the HMAC of the normalised address', async () => {
    expect(await keys.ofEmail('anna@example.nl')).toBe(hmac('email\nanna@example.nl'));
    expect(await keys.ofEmail('anna@example.nl')).toMatch(/^[\w-]{43}$/);
  });

  test.each(['  Anna@Example.NL\n', 'ANNA@EXAMPLE.NL', 'ａnna@example.nl'])(
    '%j is the same customer',
    async (typed) => {
      expect(await keys.ofEmail(typed)).toBe(await keys.ofEmail('anna@example.nl'));
    },
  );

  test.each(['an.na@example.nl', 'anna+1@example.nl', 'anna@example.com'])(
    '%s is another customer',
    async (typed) => {
      expect(await keys.ofEmail(typed)).not.toBe(await keys.ofEmail('anna@example.nl'));
    },
  );

  test.each(['', 'anna', 'anna@', '@example.nl', 'anna@localhost', 'a b@example.nl', 'a@b@c.nl'])(
    '%j is no address',
    async (typed) => {
      expect(await keys.ofEmail(typed)).toBeNull();
    },
  );

  test('under another secret is another key', async () => {
    const others = createCustomerKeys(new TextEncoder().encode('another secret'));
    expect(await others.ofEmail('anna@example.nl')).not.toBe(await keys.ofEmail('anna@example.nl'));
  });
});

describe('the key of a customer id', () => {
  test('belongs to its shop', async () => {
    expect(await keys.ofCustomerId('webshop', '17')).toBe(hmac('customer\n["webshop","17"]'));
    expect(await keys.ofCustomerId('webshop', ' 17 ')).toBe(
      await keys.ofCustomerId('webshop', '17'),
    );
    expect(await keys.ofCustomerId('webshop-1', '7')).not.toBe(
      await keys.ofCustomerId('webshop', '-17'),
    );
  });
});
