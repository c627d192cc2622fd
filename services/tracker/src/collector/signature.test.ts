import { expect, test } from 'vitest';
import { readSigningSecrets, signMessage, verifyMessage } from './signature.ts';

const OLD = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NEW = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const AT = 1_614_265_330_000;
const body = new TextEncoder().encode('{"test": 2432232314}');
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: AT, body };

async function signed(secrets: string, changed: Record<string, string> = {}) {
  const headers = await signMessage(await readSigningSecrets(secrets), message);
  return new Headers({ ...headers, ...changed });
}

test('it signs as Standard Webhooks does: the example of its specification', async () => {
  expect((await signed(OLD)).get('webhook-signature')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

test.each([
  ['the only secret', OLD, OLD, 'valid'],
  ['the old one, while the receiver knows both', OLD, `${NEW} ${OLD}`, 'valid'],
  ['both, while the receiver knows the old one only', `${NEW}, ${OLD}`, OLD, 'valid'],
  ['one that the receiver forgot', OLD, NEW, 'wrong'],
])('a message signed with %s', async (_name, senders, receivers, verdict) => {
  const keys = await readSigningSecrets(receivers);
  expect(await verifyMessage(keys, await signed(senders), body)).toMatchObject({ verdict });
});

test.each([
  ['another body', {}, 'wrong', 1],
  ['another id', { 'webhook-id': 'msg_other' }, 'wrong', 0],
  ['another time', { 'webhook-timestamp': '1614265331' }, 'wrong', 0],
  ['a time that is no number', { 'webhook-timestamp': 'now' }, 'missing', 0],
  ['no signature', { 'webhook-signature': '' }, 'missing', 0],
  ['a signature of another kind', { 'webhook-signature': 'v1a,AAAA' }, 'missing', 0],
  ['a signature that is no base64', { 'webhook-signature': 'v1,%%%' }, 'missing', 0],
] as const)('%s: %s', async (_name, changed, verdict, addedBytes) => {
  const keys = await readSigningSecrets(OLD);
  const received = new Uint8Array([...body, ...Array.from({ length: addedBytes }, () => 32)]);
  expect(await verifyMessage(keys, await signed(OLD, changed), received)).toEqual({ verdict });
});

test('a message is valid however old it is, and says when it was signed', async () => {
  const keys = await readSigningSecrets(OLD);
  expect(await verifyMessage(keys, await signed(OLD), body)).toEqual({
    verdict: 'valid',
    sentAt: AT,
  });
});

test.each([
  'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_short',
  'whsec_####',
  `whsec_${'A'.repeat(120)}`,
])('what is no secret is refused without being told: %#', async (secret) => {
  const reading = readSigningSecrets(`${OLD} ${secret}`);
  await expect(reading).rejects.toThrow(/^Signing secret 2 must be whsec_ and base64/);
  await expect(reading).rejects.not.toThrow(secret);
});
