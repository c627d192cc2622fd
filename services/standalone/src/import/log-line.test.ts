import { describe, expect, test } from 'vitest';
import { readLogLine } from './log-line.ts';

const line = (change: Partial<Record<'ip' | 'time' | 'request' | 'rest', string>> = {}) => {
  const {
    ip = '192.0.2.7',
    time = '03/Jul/2026:14:05:59 +0200',
    request = 'GET /r/blog HTTP/2.0',
  } = change;
  return `${ip} - - [${time}] "${request}" ${change.rest ?? '302 0 "https://a.example/" "Mozilla/5.0"'}`;
};

test('a line in the combined format', () => {
  expect(readLogLine(line())).toEqual({
    ok: true,
    request: {
      ip: '192.0.2.7',
      at: Date.parse('2026-07-03T12:05:59Z'),
      method: 'GET',
      target: '/r/blog',
      status: 302,
      referrer: 'https://a.example/',
      agent: 'Mozilla/5.0',
    },
  });
});

describe('tolerated', () => {
  test.each([
    ['an IPv6 address', line({ ip: '2001:db8::1' }), { ip: '2001:db8::1' }],
    [
      'winter time, west of Greenwich',
      line({ time: '31/Dec/2026:23:30:00 -0530' }),
      { at: Date.parse('2027-01-01T05:00:00Z') },
    ],
    ['no referrer and no agent', line({ rest: '302 0 "-" "-"' }), { referrer: '', agent: '' }],
    [
      'a quote in the agent',
      line({ rest: String.raw`302 0 "-" "a\x22b\x5Cc"` }),
      { agent: String.raw`a"b\c` },
    ],
    ['UTF-8 in the agent', line({ rest: String.raw`302 0 "-" "caf\xC3\xA9"` }), { agent: 'café' }],
    [
      'further fields at the end',
      line({ rest: '302 0 "-" "agent" 0.004 "198.51.100.2"' }),
      { agent: 'agent' },
    ],
    ['a user name', line().replace('- - [', '- jan de vries ['), { target: '/r/blog' }],
    ['no size', line({ rest: '302 - "-" "agent"' }), { status: 302 }],
  ])('%s', (_, text, expected) => {
    expect(readLogLine(text)).toMatchObject({ ok: true, request: expected });
  });
});

describe('refused', () => {
  test.each([
    ['TLS on a plain port', line({ request: String.raw`\x16\x03\x01\x02` }), 'no HTTP request'],
    ['an empty request', line({ request: '' }), 'no HTTP request'],
    ['a cut line', line().slice(0, 70), 'cut off'],
    ['an empty line', '', 'cut off'],
    ['the common format', line({ rest: '302 0' }), 'combined format'],
    ['an impossible day', line({ time: '31/Foo/2026:14:05:59 +0200' }), 'no time'],
    ['an impossible hour', line({ time: '03/Jul/2026:25:05:59 +0200' }), 'no time'],
  ])('%s', (_, text, problem) => {
    const read = readLogLine(text);
    expect(read.ok ? 'readable' : read.problem).toContain(problem);
  });
});
