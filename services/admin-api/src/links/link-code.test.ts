import { linkCodeSchema } from '@provisie/domain';
import { expect, test } from 'vitest';
import { linkCodeOf } from './link-code.ts';

test('a seed gives one code that can be a link’s, another seed another', () => {
  const codes = Array.from({ length: 1000 }, (_, index) => linkCodeOf(String(index)));
  expect(codes.every((code) => linkCodeSchema.safeParse(code).success)).toBe(true);
  expect(codes.every((code) => /^[^01OIl]{8}$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBe(1000);
  expect(linkCodeOf('7')).toBe(codes[7]);
});
