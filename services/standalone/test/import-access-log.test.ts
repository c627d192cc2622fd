import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEFAULT_TERMS, newFact, streams } from '@provisie/domain';
import { createEventIds, type EventStore } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { importAccessLog } from '../src/import/access-log.ts';
import { temporaryFolder } from './temp-folder.ts';

const OPENED = Date.parse('2026-01-01T00:00:00Z');
const CLICK_ID = '0b54e6a5-5ad1-4b0c-9f2e-1f6c8f0c7a11';
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36';

const visitor = z.object({ visitorId: z.string() });

interface Request {
  readonly target?: string;
  readonly status?: number;
  readonly method?: string;
  readonly agent?: string;
  readonly ip?: string;
  readonly time?: string;
}

function line(request: Request = {}): string {
  const { target = '/r/blog', status = 302, method = 'GET', agent = BROWSER } = request;
  const { ip = '192.0.2.7', time = '03/Jul/2026:14:05:59 +0200' } = request;
  return `${ip} - - [${time}] "${method} ${target} HTTP/2.0" ${status} 0 "-" "${agent}"`;
}

async function office() {
  const folder = temporaryFolder();
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite') });
  const vault = openSqliteVault(join(folder, 'vault.sqlite'));
  onTestFinished(async () => {
    vault.close();
    await store.close();
  });
  await openProgramme(store);
  const read = async (lines: readonly string[], dryRun = false, name = 'access.log') => {
    const file = join(folder, name);
    const text = `${lines.join('\n')}\n`;
    writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
    return importAccessLog({ file, store, vault, trackerPath: '/r/', dryRun });
  };
  return { folder, store, vault, read };
}

async function openProgramme(store: EventStore) {
  const id = createEventIds();
  const at = { occurredAt: OPENED };
  const hosts = ['www.shop.example'];
  const programmeId = 'affiliate';
  await store.append(
    streams.programme(programmeId),
    [
      newFact('ProgrammeOpened', { id: id(), ...at, data: { programmeId, name: 'A', hosts } }),
      newFact('TermsPublished', {
        id: id(),
        ...at,
        data: { programmeId, termsVersion: 1, effectiveFrom: OPENED, terms: DEFAULT_TERMS },
      }),
    ],
    'no_stream',
  );
  const destination = 'https://www.shop.example/';
  const data = { code: 'blog', programmeId, partnerId: 'woonblog', destination };
  await store.append(
    streams.link('blog'),
    [newFact('LinkCreated', { id: id(), ...at, data })],
    'no_stream',
  );
}

async function clicks(store: EventStore) {
  const batches = await Array.fromAsync(store.readAll(0, { categories: ['touches'] }));
  return batches.flat();
}

test('both shapes of clicks are recorded with what the line tells', async () => {
  const { store, read } = await office();
  const landing = `/aanbouw/?ref=blog&click_id=${CLICK_ID}&utm_source=woonblog`;
  const summary = await read([
    line({ target: '/r/blog?utm_source=woonblog&sub1=bio' }),
    line({ target: landing, status: 200, time: '04/Jul/2026:00:30:00 +0200' }),
  ]);
  expect(summary).toMatchObject({ lines: 2, clicks: 2, recorded: 2, alreadyKnown: 0 });
  const [redirected, landed] = await clicks(store);
  expect(redirected).toMatchObject({
    type: 'ClickRecorded',
    stream: 'touches-import-2026-07-03',
    occurredAt: Date.parse('2026-07-03T12:05:59Z'),
    data: {
      linkCode: 'blog',
      utm: { source: 'woonblog' },
      sub: { sub1: 'bio' },
      bot: false,
      consent: 'unknown',
      device: 'desktop',
      browser: 'Chrome',
    },
  });
  expect(landed).toMatchObject({
    id: CLICK_ID,
    stream: 'touches-import-2026-07-03',
    data: { touchId: CLICK_ID, linkCode: 'blog' },
  });
});

describe('what is no click is counted with its reason', () => {
  test.each<[string, Request]>([
    ['bot', { agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }],
    ['bot', { agent: '-' }],
    ['link_preview', { agent: 'WhatsApp/2.24.20.86 A' }],
    ['head', { method: 'HEAD' }],
    ['unknown_code', { target: '/r/unknown', status: 404 }],
    ['unknown_code', { target: '/?ref=startpagina', status: 200 }],
    ['unknown_code', { target: '/r/%00' }],
    ['not_answered', { status: 500 }],
    ['not_answered', { target: '/?ref=blog', status: 404 }],
    ['not_a_click', { target: '/contact/', status: 200 }],
    ['not_a_click', { method: 'POST' }],
  ])('%s: %j', async (reason, request) => {
    const { store, read } = await office();
    const summary = await read([line(request)]);
    expect([...summary.dropped]).toEqual([[reason, 1]]);
    expect(await clicks(store)).toEqual([]);
  });
});

test('the same log again, packed or not, adds nothing', async () => {
  const { store, read } = await office();
  const lines = Array.from({ length: 1200 }, (_, index) => line({ ip: `192.0.2.${index % 250}` }));
  expect(await read(lines)).toMatchObject({ recorded: 1200, alreadyKnown: 0 });
  expect(await read(lines)).toMatchObject({ recorded: 0, alreadyKnown: 1200 });
  expect(await read(lines, false, 'access.log.gz')).toMatchObject({ alreadyKnown: 1200 });
  expect(await clicks(store)).toHaveLength(1200);
});

test('a log that has grown adds what is new', async () => {
  const { store, read } = await office();
  const lines = Array.from({ length: 700 }, (_, index) => line({ ip: `192.0.2.${index % 250}` }));
  await read(lines.slice(0, 333));
  expect(await read(lines)).toMatchObject({ recorded: 367, alreadyKnown: 333 });
  expect(await clicks(store)).toHaveLength(700);
});

test('a page loaded again with the same click id counts once, also when the log was cut in between', async () => {
  const { store, read } = await office();
  const landing = { target: `/?ref=blog&click_id=${CLICK_ID}`, status: 200 };
  const first = line(landing);
  const again = line({ ...landing, time: '03/Jul/2026:15:00:00 +0200' });
  const summary = await read([first, again]);
  expect(summary).toMatchObject({ recorded: 1 });
  expect(summary.dropped.get('repeated')).toBe(1);
  expect(await read([again])).toMatchObject({ recorded: 0, alreadyKnown: 1 });
  expect(await clicks(store)).toHaveLength(1);
});

test('one address and agent are one visitor within a UTC day', async () => {
  const { store, read } = await office();
  await read([
    line({ time: '03/Jul/2026:10:00:00 +0200' }),
    line({ time: '03/Jul/2026:23:00:00 +0200' }),
    line({ time: '03/Jul/2026:23:30:00 +0200', ip: '192.0.2.8' }),
    line({ time: '04/Jul/2026:03:00:00 +0200' }),
  ]);
  const ids = (await clicks(store)).map(({ data }) => visitor.parse(data).visitorId);
  expect(ids[0]).toBe(ids[1]);
  expect(new Set(ids).size).toBe(3);
});

test('a line that is not readable is told with its number, and the rest goes on', async () => {
  const { read } = await office();
  const tls = line().replace('GET /r/blog HTTP/2.0', String.raw`\x16\x03\x01`);
  const summary = await read([line(), tls, line().slice(0, 60)]);
  expect(summary).toMatchObject({ recorded: 1, unreadable: 2 });
  expect(summary.unreadableLines).toMatchObject([{ line: 2 }, { line: 3 }]);
  expect(summary.unreadableLines[0]?.problem).toContain('no HTTP request');
  expect(summary.unreadableLines[1]?.problem).toContain('cut off');
});

test('a dry run counts and writes nothing', async () => {
  const { store, read } = await office();
  expect(await read([line()], true)).toMatchObject({ clicks: 1, recorded: 0 });
  expect(await clicks(store)).toEqual([]);
});

describe('a file that can not be read', () => {
  test('is not there', async () => {
    const { store, vault, folder } = await office();
    const file = join(folder, 'missing.log');
    const work = importAccessLog({ file, store, vault, trackerPath: '/r/', dryRun: false });
    await expect(work).rejects.toThrow(`There is no file ${file}.`);
  });

  test('is no gzip file', async () => {
    const { store, vault, folder } = await office();
    const file = join(folder, 'access.log.gz');
    writeFileSync(file, line());
    const work = importAccessLog({ file, store, vault, trackerPath: '/r/', dryRun: false });
    await expect(work).rejects.toThrow('is no gzip file');
  });

  test('ends in the middle of gzip', async () => {
    const { store, vault, folder } = await office();
    const file = join(folder, 'access.log.gz');
    writeFileSync(file, gzipSync(`${line()}\n`.repeat(500)).subarray(0, 90));
    const work = importAccessLog({ file, store, vault, trackerPath: '/r/', dryRun: false });
    await expect(work).rejects.toThrow('ends too early');
  });
});
