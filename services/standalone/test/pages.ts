import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '../../../docs');

/** Whether the pages' commands can be run here. */
export const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** The commands of a page of the documentation, in the order in which a reader types them. */
export function commandsOf(page: string): string {
  const text = readFileSync(join(DOCS, page), 'utf8');
  return Array.from(text.matchAll(/^```sh\n([^]*?)^```$/gm), ([, block]) => block).join('\n');
}

/** Runs commands as one script that ends with the first that fails. */
export function typed(
  commands: string,
  environment: Readonly<Record<string, string>>,
  folder: string,
) {
  return spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', commands], {
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
}
