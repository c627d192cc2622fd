import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildSnippet } from './build-snippet.ts';
import { builtSnippet } from './built-snippet.ts';
import { snippetSource } from './snippet-source.ts';

test('the committed snippet is the one its source makes', async () => {
  expect(builtSnippet).toBe(await buildSnippet());
});

test('the snippet takes at most 1,000 bytes on the wire', () => {
  expect(gzipSync(snippetSource(), { level: 9 }).byteLength).toBeLessThanOrEqual(1000);
});

test('the snippet is given its settings', () => {
  expect(snippetSource({ consent: 'required', days: 30 })).toBe(
    `(${builtSnippet})({"consent":"required","days":30});`,
  );
});
