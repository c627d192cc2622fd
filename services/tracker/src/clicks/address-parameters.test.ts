import { expect, test } from 'vitest';
import { withParameters } from './address-parameters.ts';

const CLICK = ['click_id', 'new'] as const;

test.each([
  ['https://shop.nl/', [CLICK], 'https://shop.nl/?click_id=new'],
  ['https://shop.nl/?', [CLICK], 'https://shop.nl/?click_id=new'],
  ['https://shop.nl/#top', [CLICK], 'https://shop.nl/?click_id=new#top'],
  ['https://shop.nl/?a&b=%20+c#?d', [CLICK], 'https://shop.nl/?a&b=%20+c&click_id=new#?d'],
  ['https://shop.nl/?click_id=old', [CLICK], 'https://shop.nl/?click_id=new'],
  ['https://shop.nl/?click%5Fid=old&a=1', [CLICK], 'https://shop.nl/?a=1&click_id=new'],
  ['https://shop.nl/?click_id=old', [], 'https://shop.nl/'],
  ['https://shop.nl/?utm_source=own', [['utm_source', 'x']], 'https://shop.nl/?utm_source=own'],
  [
    'https://shop.nl/',
    [
      ['sub1', 'a b&c'],
      ['sub1', 'again'],
    ],
    'https://shop.nl/?sub1=a%20b%26c',
  ],
  ['https://shop.nl/', [['sub1', '\r\n\ud800é']], 'https://shop.nl/?sub1=%0D%0A%EF%BF%BD%C3%A9'],
] as const)('%s with %j', (href, parameters, expected) => {
  expect(withParameters(href, parameters, new Set(['click_id']))).toBe(expected);
});
