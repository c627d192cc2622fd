import { expect, test } from 'vitest';
import type { DirectorySnapshot } from './directory-snapshot.ts';
import { readSnapshot, writeSnapshot } from './directory-snapshot.ts';

const snapshot: DirectorySnapshot = {
  upTo: {
    stream: 'link-blog',
    revision: 0,
    position: 7,
    id: '0197c1b4-0000-4000-8000-000000000007',
  },
  programmes: [
    {
      programmeId: 'affiliate',
      hosts: ['www.shop.nl'],
      terms: [
        {
          windowDays: 90,
          consent: { default: 'exempt', countries: { DE: 'required', AT: 'off' } },
          effectiveFrom: 0,
          termsVersion: 1,
        },
      ],
    },
  ],
  links: [
    [
      'blog',
      'affiliate',
      [
        [0, 'https://www.shop.nl/'],
        [5, 'https://www.shop.nl/é?a=1'],
      ],
      null,
    ],
    ['oud', 'affiliate', [[0, 'https://www.shop.nl/oud']], 99],
  ],
};

const text = (await writeSnapshot(snapshot)).text;

test('what was written is read again', async () => {
  expect(await readSnapshot(text)).toEqual(snapshot);
});

test('the tag is that of the content', async () => {
  const same = structuredClone(snapshot);
  const other = { ...snapshot, links: snapshot.links.slice(1) };
  expect(await writeSnapshot(same)).toEqual(await writeSnapshot(snapshot));
  expect((await writeSnapshot(other)).etag).not.toBe((await writeSnapshot(snapshot)).etag);
});

/** With a hash that is right. */
const holding = async (links: DirectorySnapshot['links']) =>
  (await writeSnapshot({ ...snapshot, links })).text;

const script = await holding([['blog', 'affiliate', [[0, 'javascript:alert(1)']], null]]);
const nowhere = await holding([['blog', 'affiliate', [], null]]);

test.each([
  ['nothing', '', 'snapshot_damaged'],
  ['a file that was cut off', text.slice(0, -20), 'snapshot_damaged'],
  ['a flipped letter', text.replace('/oud', '/oed'), 'snapshot_damaged'],
  ['a missing link', text.replace(/,\["oud".*?99\]/, ''), 'snapshot_damaged'],
  ['JSON of something else', '{"links":[]}', 'snapshot_foreign'],
  ['a newer version', text.replace('"version":1', '"version":2'), 'snapshot_foreign'],
  ['a destination that runs a script', script, 'snapshot_damaged'],
  ['a link that leads nowhere', nowhere, 'snapshot_damaged'],
])('%s is refused', async (_, damaged, code) => {
  await expect(readSnapshot(damaged)).rejects.toMatchObject({ code });
});
