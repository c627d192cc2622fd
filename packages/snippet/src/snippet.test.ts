import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildSnippet } from './build-snippet.ts';
import { snippetSource } from './snippet-source.ts';

test('the committed snippet is the one its source makes', async () => {
  expect(snippetSource()).toBe(await buildSnippet());
});

test('the snippet takes at most 1,150 bytes on the wire', () => {
  expect(gzipSync(snippetSource(), { level: 9 }).byteLength).toBeLessThanOrEqual(1150);
});

test('the snippet may follow settings on the same line', () => {
  expect(snippetSource()).toMatch(/^\(\(\)=>/);
});
