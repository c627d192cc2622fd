import { z } from '@hono/zod-openapi';
import type { Api } from '../api.ts';
import { writtenPosition } from '../api.ts';
import type { Changed } from '../change-stream.ts';
import { knownPartner, partnerAnswer, partnerSchema } from './partner.ts';
import { openProfile } from './profile.ts';

/** The answer to every write about a partner. */
export const writtenPartner = z.object({ partner: partnerSchema, position: writtenPosition });

export async function answerOf(api: Pick<Api, 'vault'>, changed: Changed) {
  const partner = knownPartner(changed.facts);
  return { partner: partnerAnswer(partner, await openProfile(api.vault, partner.profile)) };
}
