import { z } from '@hono/zod-openapi';
import { streams } from '@provisie/domain';
import type { HttpEnv } from '@provisie/http';
import type { Context } from 'hono';
import { change, written, writtenPosition } from '../api.ts';
import type { Api } from '../api.ts';
import type { Changed, Command } from '../change-stream.ts';
import { knownPartner, partnerAnswer, partnerSchema } from './partner.ts';
import { openProfile } from './profile.ts';

/** The answer to every write about a partner. */
export const writtenPartner = z.object({ partner: partnerSchema, position: writtenPosition });

export async function answerOf(api: Pick<Api, 'vault'>, changed: Changed) {
  const partner = knownPartner(changed.facts);
  return { partner: partnerAnswer(partner, await openProfile(api.vault, partner.profile)) };
}

/** Carries out what the caller of `c` asks for about a partner; resolves to the answer. */
export async function changePartner(
  api: Api,
  c: Context<HttpEnv>,
  partnerId: string,
  decide: Command['decide'],
) {
  const changed = await change(api, c, { stream: streams.partner(partnerId), decide });
  return written(c, changed, await answerOf(api, changed));
}
