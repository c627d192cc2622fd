import type { RecordedEvent } from '@provisie/event-store';
import { z } from 'zod';
import type { TouchesRead } from '../batch/batch-visitors.ts';
import { touchesById, latestTouchesOf } from '../batch/touch-rows.ts';
import type { Session } from '../database/session.ts';

/** Whatever else it holds: what isn't read here is looked up when it is asked for. */
const naming = z.object({ visitorId: z.string().optional(), clickId: z.string().optional() });

/** Reads the touches that the orders placed among these events will ask for, but for those of visitors identified. */
export async function readTouchesOf(
  session: Session,
  events: readonly RecordedEvent[],
): Promise<TouchesRead> {
  const clickIds = new Set<string>();
  const visitorIds = new Set<string>();
  let until = 0;
  for (const event of events) {
    if (event.type !== 'OrderPlaced') continue;
    const { data: named } = naming.safeParse(event.data);
    if (named?.clickId !== undefined) clickIds.add(named.clickId);
    if (named?.visitorId !== undefined) visitorIds.add(named.visitorId);
    if (event.occurredAt > until) until = event.occurredAt;
  }
  const clicks = await touchesById(session, clickIds);
  for (const { touch } of clicks) visitorIds.add(touch.visitorId);
  const touches = await latestTouchesOf(session, visitorIds, until + 1);
  return { clickIds, clicks, visitorIds, touches, until };
}
