import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Environment } from './variables.ts';

/** `NAME_FILE` names a file that holds the value of `NAME`, as the secrets of containers do. */
export function withSecretFiles(environment: Environment, names: readonly string[]): Environment {
  const filled: Record<string, string | undefined> = { ...environment };
  for (const name of names) {
    const file = environment[`${name}_FILE`];
    if (isGiven(environment[name]) || !isGiven(file)) continue;
    filled[name] = contentOf(file) ?? undefined;
  }
  return filled;
}

/** The variables `NAME_FILE` of these names. */
export function secretFileVariables(environment: Environment, names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => [`${name}_FILE`, secretFileVariable(environment, name)]),
  );
}

function secretFileVariable(environment: Environment, name: string) {
  return z
    .string()
    .refine((file) => contentOf(file) !== null, 'must name a file that can be read')
    .refine(() => !isGiven(environment[name]), `and ${name} are both given; leave one out`)
    .optional();
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
