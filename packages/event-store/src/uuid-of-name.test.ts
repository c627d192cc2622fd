import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNameUuids as createAnywhere } from './uuid-of-name.ts';
import { createNameUuids as createInNode } from './uuid-of-name-node.ts';

const NAMESPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

test.each([createAnywhere, createInNode])('is as RFC 9562 gives it', (create) => {
  expect(create(NAMESPACE)('www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

test('is the same in Node and elsewhere', () => {
  const [anywhere, inNode] = [createAnywhere(NAMESPACE), createInNode(NAMESPACE)];
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      expect(inNode(name)).toBe(anywhere(name));
    }),
  );
});
