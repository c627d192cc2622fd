import { Hono } from 'hono';
import { openKeptAnswers } from './kept-answers.ts';

const NO_KEYS = { adminKey: '', partnerKey: '' };

/** `/{place}`: one read of the answers at an address or in a folder by primary key, and the answer. */
export async function openBareAnswers(address: string) {
  const answers = await openKeptAnswers(address);
  const app = new Hono();
  app.get('/:place', async (c) => {
    const body = await answers.bodyOf(c.req.param('place'));
    if (body === undefined) return c.notFound();
    return c.body(body, 200, { 'Content-Type': 'application/json' });
  });
  return { fetch: app.fetch, keys: NO_KEYS, close: () => answers.close() };
}
