import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { openUnder, sealUnder } from './sealing.ts';

const key = { keyId: 'key-1', subject: 'partner:woonblog', key: new Uint8Array(32).fill(7) };
const value = { name: 'Zoë' };

/** As vaults sealed before: both must open what the other sealed. */
async function webCrypto(iv: Uint8Array<ArrayBuffer>) {
  const imported = await webcrypto.subtle.importKey('raw', key.key, 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  const associated = JSON.stringify(['provisie-sealed-1', key.keyId, key.subject]);
  const additionalData = new TextEncoder().encode(associated);
  return { imported, algorithm: { name: 'AES-GCM', iv, additionalData } };
}

test('opens what WebCrypto sealed', async () => {
  const iv = new Uint8Array(12).fill(3);
  const { imported, algorithm } = await webCrypto(iv);
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const ciphertext = await webcrypto.subtle.encrypt(algorithm, imported, plain);
  const sealed = {
    keyId: key.keyId,
    iv: Buffer.from(iv).toString('base64url'),
    ciphertext: Buffer.from(ciphertext).toString('base64url'),
  };
  expect(openUnder(key, sealed)).toEqual(value);
});

test('seals what WebCrypto opens', async () => {
  const sealed = sealUnder(key, value);
  const { imported, algorithm } = await webCrypto(
    new Uint8Array(Buffer.from(sealed.iv, 'base64url')),
  );
  const bytes = new Uint8Array(Buffer.from(sealed.ciphertext, 'base64url'));
  const plain = await webcrypto.subtle.decrypt(algorithm, imported, bytes);
  expect(JSON.parse(new TextDecoder().decode(plain))).toEqual(value);
});
