import { z } from '@hono/zod-openapi';
import {
  coversAddress,
  linkCodeSchema,
  linkState,
  partnerIdSchema,
  programmeIdSchema,
  utmSchema,
} from '@provisie/domain';
import type { Fact } from '@provisie/domain';
import type { LinkView, ProgrammeView } from '@provisie/read-model';
import { writtenPosition } from '../api.ts';
import { inIso, instantAnswer } from '../instants.ts';
import { problem } from '../problems.ts';

export const destinationSchema = z.url({ protocol: /^https?$/ }).max(2000);

export const linkSchema = z
  .object({
    code: linkCodeSchema,
    trackingUrl: z.string().openapi({ description: 'What partners publish.' }),
    programmeId: programmeIdSchema,
    partnerId: partnerIdSchema,
    destination: z.string(),
    utm: utmSchema.nullable(),
    label: z.string().nullable(),
    createdAt: instantAnswer,
    disabledAt: instantAnswer.nullable(),
  })
  .openapi('Link');

export const writtenLink = z.object({ link: linkSchema, position: writtenPosition });
export const linkParams = z.object({ code: linkCodeSchema });

export function linkAnswer(trackerBaseUrl: string) {
  return (link: LinkView) => ({
    ...inIso(link, ['createdAt', 'disabledAt']),
    trackingUrl: `${trackerBaseUrl}/r/${link.code}`,
  });
}

/** Throws `not_found`: the link is what the request is about. */
export function knownLink(facts: readonly Fact[]): LinkView {
  const link = linkState(facts);
  if (link === null) throw problem('not_found', 'There is no such link.');
  return link;
}

/** Throws `host_not_allowed`: a link that leads elsewhere would make the tracker an open redirect. */
export function checkDestination(destination: string, programme: ProgrammeView): void {
  const address = new URL(destination);
  if (address.username !== '' || address.password !== '') {
    throw problem('host_not_allowed', 'A destination carries no user name.');
  }
  if (programme.hosts.some((host) => coversAddress(host, address))) return;
  throw problem(
    'host_not_allowed',
    `${address.host} is none of the programme’s hosts: ${programme.hosts.join(', ')}.`,
    { extensions: { hosts: programme.hosts } },
  );
}
