import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const PAGES = globSync(
  ['*.md', 'docs/**/*.md', '{examples,infra,packages/*,services/*,load-tests}/*.md'],
  { cwd: ROOT },
);

/** `Connect a shop` is `connect-a-shop`, as the places that show Markdown make it. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\- ]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links to places in the project that aren't there. */
function brokenLinks(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const links = Array.from(text.matchAll(/\]\((?!\w+:)([^)\s]+)\)/g), ([, link = '']) => link);
  return links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
    if (!existsSync(join(ROOT, target))) return true;
    if (anchor === undefined) return false;
    return !anchorsOf(readFileSync(join(ROOT, target), 'utf8')).has(anchor);
  });
}

test.each(PAGES)('links of %s lead somewhere', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});
