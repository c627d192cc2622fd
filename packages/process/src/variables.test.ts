import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { origin, readVariables, wholeNumber } from './variables.ts';

const shape = {
  PORT: wholeNumber(0, 65_535, 8080),
  PROVISIE_STORE: z.string().startsWith('postgres:', 'must be an address').optional(),
};
const options = { secrets: ['PROVISIE_STORE'], others: ['PROVISIE_OTHER'] };
const read = (environment: Record<string, string>) => readVariables(environment, shape, options);

function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-variables-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'secret'), content);
  return join(folder, 'secret');
}

test('an empty variable is an absent one, and names of other processes are no mistake', () => {
  expect(read({ PORT: '', PROVISIE_OTHER: 'x' })).toEqual({ PORT: 8080 });
});

test('a secret may be in a file', () => {
  const file = fileWith('postgres://a:b@c/d\n');
  expect(read({ PROVISIE_STORE_FILE: file })).toEqual({
    PORT: 8080,
    PROVISIE_STORE: 'postgres://a:b@c/d',
  });
});

test('all mistakes are told at once, and no secret with them', () => {
  const environment = { PORT: 'x', PROVISIE_STORE: 'geheim', PROVISIE_TYPO: '1' };
  expect(() => read(environment)).toThrow(
    /^The configuration is wrong:\n {2}PORT must be [^\n]*; it is "x"\n {2}PROVISIE_STORE must be an address\n {2}PROVISIE_TYPO is no variable of this program/,
  );
  expect(() => read({ PROVISIE_STORE_FILE: fileWith('geheim') })).not.toThrow('geheim');
});

test('one that is missing is said to be, with what it has to be', () => {
  expect(() => readVariables({}, { PROVISIE_PUBLIC_URL: origin })).toThrow(
    'PROVISIE_PUBLIC_URL must be an address such as https://go.example.nl, without a path; it is not given',
  );
});

test.each([
  ['PROVISIE_STORE_FILE must name a file that can be read', {}],
  ['PROVISIE_STORE_FILE and PROVISIE_STORE are both given', { PROVISIE_STORE: 'postgres://c/d' }],
])('%s', (message, more) => {
  expect(() => read(Object.assign({ PROVISIE_STORE_FILE: '/nowhere/at/all' }, more))).toThrow(
    message,
  );
});
