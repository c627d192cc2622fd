import type { HttpEnv } from '@provisie/http';
import type { Context } from 'hono';
import { problem } from '../problems.ts';

/** Whose data the caller may see: the partner its key names, and nobody else's, whatever the request says. */
export function ownPartnerId(c: Context<HttpEnv>): string {
  const { partnerId } = c.get('principal');
  if (partnerId === null) throw problem('scope_missing', 'This key belongs to no partner.');
  return partnerId;
}

export const ownTags = ['Me, a partner'];
