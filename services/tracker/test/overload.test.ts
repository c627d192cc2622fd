import { expect, test } from 'vitest';
import { createTouchRecorder } from '../src/index.ts';
import type { TouchRecorder } from '../src/index.ts';
import { CHROME, NOON, openTrackedShop } from './tracked-shop.ts';

const PEOPLE = 200;

test('when recording is slower than people click, all are sent on, and what was recorded is exactly what was said', async () => {
  const slow: { recorder: TouchRecorder | null } = { recorder: null };
  const recorder: TouchRecorder = {
    record: async (touch) =>
      slow.recorder?.record(touch) ?? { recorded: false, reason: 'store_failed' },
    idle: async () => slow.recorder?.idle(),
  };
  await using shop = await openTrackedShop({ tracker: { recorder } });
  slow.recorder = createTouchRecorder({
    store: {
      append: async (...appended) => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return shop.store.append(...appended);
      },
    },
    node: 'slow',
    now: () => NOON,
    maxBatch: 5,
    patienceMs: 100,
    timeLimitMs: 60_000,
  });
  const shed = () => shop.counters.counts().dropped.click['overloaded'] ?? 0;
  let answers = 0;
  const clickIds: string[] = [];
  const click = async () => {
    const response = await shop.app.request('https://track.shop.nl/r/woonblog', {
      headers: { 'user-agent': CHROME },
    });
    expect(response.status).toBe(302);
    answers += 1;
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.hostname).toBe('www.shop.nl');
    const clickId = location.searchParams.get('click_id');
    expect(response.headers.has('set-cookie')).toBe(clickId !== null);
    if (clickId !== null) clickIds.push(clickId);
    // As far away as people are: the next click isn't sent in the same turn.
    await new Promise(setImmediate);
  };
  await Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      while (shed() < 5 * PEOPLE) await click();
    }),
  );

  const inTheLog = (await shop.touches()).map(({ id }) => id);
  expect(inTheLog.toSorted()).toEqual(clickIds.toSorted());
  expect(shop.counters.counts()).toEqual({
    recorded: { click: clickIds.length },
    dropped: { click: { overloaded: answers - clickIds.length }, beacon: {} },
  });
  expect(shop.counters.metricsText()).toContain('reason="overloaded"');
  // An overload is counted; a line in the log for each would be the next one.
  expect(shop.errors).toEqual([]);
});
