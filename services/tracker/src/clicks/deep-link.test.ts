import { describe, expect, test } from 'vitest';
import { readDeepLink } from './deep-link.ts';

const HOSTS = ['www.shop.nl', '*.winkel.nl', 'localhost:3000', 'www.xn--bcher-kva.nl'];

describe('a deep link to a host of the programme', () => {
  test.each([
    ['https://www.shop.nl/a/b?c=d#e', 'https://www.shop.nl/a/b?c=d#e'],
    ['http://www.shop.nl', 'http://www.shop.nl/'],
    ['HTTPS://WWW.SHOP.NL/A', 'https://www.shop.nl/A'],
    ['https://www.shop.nl:443/', 'https://www.shop.nl/'],
    ['https://een.winkel.nl/', 'https://een.winkel.nl/'],
    ['https://een.twee.winkel.nl/', 'https://een.twee.winkel.nl/'],
    ['http://localhost:3000/x', 'http://localhost:3000/x'],
    ['https://www.bücher.nl/', 'https://www.xn--bcher-kva.nl/'],
    ['https://www.shop.nl/?next=https://evil.com/', 'https://www.shop.nl/?next=https://evil.com/'],
  ])('%s passes', (typed, href) => {
    expect(readDeepLink(typed, HOSTS)).toEqual({ ok: true, href });
  });
});

describe('an attempt to lead elsewhere', () => {
  test.each([
    'https://evil.com/',
    'https://www.shop.nl.evil.com/',
    'https://evilwww.shop.nl/',
    'https://shop.nl/',
    'https://winkel.nl/',
    'https://.winkel.nl/',
    'https://evilwinkel.nl/',
    'https://www.shop.nl./',
    'https://www.shop.nl@evil.com/',
    'https://www.shop.nl:pass@evil.com/',
    'https://evil.com@www.shop.nl/',
    'https://@www.shop.nl/',
    'https://www.shop.nl:8443/',
    'http://www.shop.nl:443/',
    'http://localhost/',
    'http://localhost:3001/',
    '//evil.com/',
    '///evil.com/',
    '/\\evil.com/',
    'https:\\\\evil.com/',
    'https://www.shop.nl\\aanbod',
    'https://www.shop.nl\\@evil.com/',
    'https://evil.com\\.www.shop.nl/',
    'https://evil.com\\www.shop.nl/',
    'https:/www.shop.nl/',
    'https:www.shop.nl/',
    'https:///www.shop.nl/',
    'https:/evil.com/',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'ftp://www.shop.nl/',
    'blob:https://www.shop.nl/x',
    'view-source:https://www.shop.nl/',
    ' https://www.shop.nl/',
    'https://www.shop.nl/\r\nSet-Cookie: a=b',
    'https://www.shop.nl/\t',
    'https://evil.com\u0000.www.shop.nl/',
    'https://www.shop.nl。evil.com/',
    'https://www.shop.nl%2eevil.com/',
    'https://www.shop.nl%00.evil.com/',
    'https://evil.com%2f.www.shop.nl/',
    'https://evil.com/.www.shop.nl/',
    'https://evil.com?.www.shop.nl/',
    'https://evil.com#.www.shop.nl/',
    'https://2130706433/',
    'https://[::1]/',
    'https://xn--/',
    'https://*.winkel.nl/',
    'https://a..winkel.nl/',
    'https://evil.com:80.winkel.nl/',
    'www.shop.nl',
    '/aanbod',
    'https://',
    `https://www.shop.nl/${'a'.repeat(2000)}`,
  ])('%j is refused', (typed) => {
    expect(readDeepLink(typed, HOSTS)).toMatchObject({ ok: false });
  });
});
