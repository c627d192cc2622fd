import type { PayoutPolicy } from '@provisie/payouts';
import { headerName, hostName, logLevel, origin, wholeNumber } from '@provisie/process';
import { z } from 'zod';

/** What the API reads from its environment, on its own or with all else in one process. */
export const API_VARIABLES = {
  /** 0: any free port. */
  PORT: wholeNumber(0, 65_535, 8080),
  HOST: hostName.default('127.0.0.1'),
  PROVISIE_PUBLIC_URL: origin.optional(),
  PROVISIE_LOG_LEVEL: logLevel,
  PROVISIE_CLIENT_ADDRESS_HEADER: headerName.optional(),
  PROVISIE_CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(origin))
    .optional(),
  PROVISIE_REQUESTS_PER_MINUTE: wholeNumber(1, 10_000_000, 1200),
  PROVISIE_UNKNOWN_REQUESTS_PER_MINUTE: wholeNumber(1, 10_000_000, 120),
  PROVISIE_SHUTDOWN_SECONDS: wholeNumber(1, 600, 20),
  PROVISIE_PAYOUT_COOLING_HOURS: wholeNumber(0, 720, 72),
  PROVISIE_PAYOUT_APPROVALS: z.enum(['1', '2'], 'must be 1 or 2').default('1'),
} as const;

type PolicyVariables = Pick<
  z.output<z.ZodObject<typeof API_VARIABLES>>,
  'PROVISIE_PAYOUT_COOLING_HOURS' | 'PROVISIE_PAYOUT_APPROVALS'
>;

export function payoutPolicyOf(read: PolicyVariables): PayoutPolicy {
  return {
    coolingMs: read.PROVISIE_PAYOUT_COOLING_HOURS * 3_600_000,
    approvalsRequired: read.PROVISIE_PAYOUT_APPROVALS === '2' ? 2 : 1,
  };
}
