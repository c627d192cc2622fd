import { describe, expect, test } from 'vitest';
import { ServerLog } from './server-log.ts';
import type { ExpectedByServer, ProposedEvent } from './server-log.ts';

function proposed(id: string): ProposedEvent {
  return {
    id,
    type: 'Noted',
    contentType: 'application/json',
    data: Buffer.from('{}'),
    metadata: new Uint8Array(),
  };
}

const events = (...ids: readonly string[]) => ids.map(proposed);

function idsOf(log: ServerLog): string[] {
  return (log.visible('order-1') ?? []).map(({ id }) => id);
}

/** Expected revision and ids of a second append, after `a b c` in the stream; what it comes to; what stands then. */
const rules: readonly (readonly [ExpectedByServer, string, object, string])[] = [
  [2, 'd', { kind: 'written', revision: 3 }, 'abcd'],
  ['any', 'd', { kind: 'written', revision: 3 }, 'abcd'],
  ['stream_exists', 'd', { kind: 'written', revision: 3 }, 'abcd'],
  [1, 'd', { kind: 'wrong_revision', current: 2 }, 'abc'],
  [7, 'd', { kind: 'wrong_revision', current: 2 }, 'abc'],
  ['no_stream', 'd', { kind: 'wrong_revision', current: 2 }, 'abc'],
  // Repeats are known by their place.
  ['no_stream', 'abc', { kind: 'written', revision: 2 }, 'abc'],
  ['no_stream', 'ab', { kind: 'written', revision: 1 }, 'abc'],
  [0, 'bc', { kind: 'written', revision: 2 }, 'abc'],
  [0, 'c', { kind: 'wrong_revision', current: 2 }, 'abc'],
  [0, 'bd', { kind: 'wrong_revision', current: 2 }, 'abc'],
  // At the stream's end no id is looked up at all.
  [2, 'a', { kind: 'written', revision: 3 }, 'abca'],
  // With any revision, by what is in the cache.
  ['any', 'bc', { kind: 'written', revision: 2 }, 'abc'],
  ['any', 'bd', { kind: 'wrong_revision', current: 2 }, 'abc'],
  ['any', 'db', { kind: 'written', revision: 4 }, 'abcdb'],
];

describe('an append on the server', () => {
  test.each(rules)('expecting %s of %s', (expected, ids, outcome, stands) => {
    const log = new ServerLog();
    log.write('order-1', events('a', 'b', 'c'), 'no_stream');
    expect(log.write('order-1', events(...ids.split('')), expected)).toMatchObject(outcome);
    expect(idsOf(log).join('')).toBe(stands);
  });

  test('for any revision is doubled when it is repeated after a restart; with an exact one it is not', () => {
    const log = new ServerLog();
    log.write('order-1', events('a'), 'any');
    log.forgetCache();
    expect(log.write('order-1', events('a'), 'no_stream')).toMatchObject({ revision: 0 });
    expect(log.write('order-1', events('a'), 'any')).toMatchObject({ revision: 1 });
    expect(idsOf(log)).toEqual(['a', 'a']);
  });

  test('counts type, data and metadata against the size that it may have', () => {
    const log = new ServerLog({ maxAppendBytes: 24 });
    expect(log.write('order-1', events('a', 'b'), 'any')).toMatchObject({ kind: 'written' });
    expect(log.write('order-1', events('c', 'd', 'e'), 'any')).toEqual({
      kind: 'too_large',
      limit: 24,
    });
  });
});

describe('retention on the server', () => {
  const metadata = (said: object) => ({
    ...proposed('m'),
    type: '$metadata',
    data: Buffer.from(JSON.stringify(said)),
  });

  test.each([
    [{ $maxCount: 2 }, 'bc'],
    [{ $tb: 1 }, 'bc'],
    [{ $maxAge: 60 }, 'c'],
    [{}, 'abc'],
  ])('%j leaves %s', (said, left) => {
    let now = 0;
    const log = new ServerLog({ clock: () => now });
    log.write('order-1', events('a', 'b'), 'any');
    now = 61_000;
    log.write('order-1', events('c'), 'any');
    log.write('$$order-1', [metadata(said)], 'any');
    expect(idsOf(log).join('')).toBe(left);
    expect(log.lastRevision('order-1')).toBe(2);
    const isOurs = ({ stream }: { readonly stream: string }) => stream === 'order-1';
    expect(log.records.filter(isOurs)).toHaveLength(3);
    log.scavenge();
    expect(log.records.filter(isOurs)).toHaveLength(left.length);
  });
});
