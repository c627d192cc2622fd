import type { Decision } from '@provisie/domain';
import { z } from 'zod';

const asWritten = z.custom<Decision>();

/** The row is ours and was written from a decision. */
export function decisionOfText(text: string): Decision {
  return asWritten.parse(JSON.parse(text));
}
