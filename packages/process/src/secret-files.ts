import { readFileSync } from 'node:fs';
import type { Environment } from './environment.ts';

/**
 * `NAME_FILE` names a file that holds the value of `NAME`, as the secrets of containers do: the environment with
 * those values filled in, and a line for each that can't be.
 */
export function withSecretFiles(
  environment: Environment,
  names: readonly string[],
): { readonly filled: Environment; readonly mistakes: readonly string[] } {
  const filled: Record<string, string | undefined> = { ...environment };
  const mistakes: string[] = [];
  for (const name of names) {
    const file = environment[`${name}_FILE`] ?? '';
    if (file === '') continue;
    const content = contentOf(file);
    if ((environment[name] ?? '') !== '') {
      mistakes.push(`${name}_FILE and ${name} are both given; leave one out`);
    } else if (content === null) {
      mistakes.push(
        `${name}_FILE must name a file that can be read; it is ${JSON.stringify(file)}`,
      );
    } else {
      filled[name] = content;
    }
  }
  return { filled, mistakes };
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
