import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { provisieCommand } from './command-line.ts';

const PAGE = readFileSync(
  join(import.meta.dirname, '../../../docs/reference/command-line.md'),
  'utf8',
);

/** What can be called: `keys issue`, not `keys`. */
function callable(command: Command, path = ''): readonly (readonly [string, Command])[] {
  if (command.commands.length === 0) return [[path, command]];
  return command.commands.flatMap((part) => callable(part, `${path} ${part.name()}`.trim()));
}

test.each(callable(provisieCommand({})))(
  'the reference tells of `%s` and of all its options',
  (path, command) => {
    expect(PAGE).toContain(`\`${path}`);
    for (const { long } of command.options) expect(PAGE).toContain(long);
  },
);

test('a process says in its help which variables it reads', () => {
  let told = '';
  const serve = provisieCommand({}).commands.find((command) => command.name() === 'serve');
  serve?.configureOutput({ writeOut: (text) => (told += text) });
  serve?.outputHelp();
  expect(told).toMatch(/PROVISIE_PUBLIC_URL +where browsers and shops reach it/);
});
