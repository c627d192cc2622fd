import { readFileSync } from 'node:fs';
import { changedTermsSchema, type ChangedTerms } from '@provisie/domain';
import { UsageError } from '@provisie/process';
import { z } from 'zod';

/** The terms that a file says, as JSON. Throws `UsageError` that says what is wrong, and where in it. */
export function readChanges(file: string): ChangedTerms {
  const read = changedTermsSchema.safeParse(jsonOf(file));
  if (!read.success) {
    throw new UsageError(
      `${file} doesn't say terms, such as {"windowDays": 30}:\n${z.prettifyError(read.error)}`,
    );
  }
  return read.data;
}

function jsonOf(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} can't be read: ${why}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} is no JSON: ${why}`, { cause: error });
  }
}
