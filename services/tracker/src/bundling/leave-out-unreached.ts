import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Modules that no request to the worker reaches: what imports them is reached, but not for their sake. Bundled,
 * they are empty. What they export is undefined then, so that a use of it fails at once, in the tests that run
 * the bundle.
 */
const UNREACHED: readonly RegExp[] = [
  // A schema of zod can describe itself in JSON Schema. The edge has no OpenAPI document.
  /[\\/]zod[\\/]v4[\\/]core[\\/](?:json-schema-processors|to-json-schema)\.js$/,
  // The edge compresses nothing: its platforms do.
  /[\\/]hono[\\/]dist[\\/]middleware[\\/]compress[\\/]index\.js$/,
  // Of a user agent it says device and browser only.
  /[\\/]bowser[\\/]src[\\/]parser-engines\.js$/,
  // The catalogue holds all events; the edge writes touches, and gets what else it must know as a snapshot.
  /[\\/]events[\\/](?:access|commission|coupon|document|link|merchant)-events\.ts$/,
  /[\\/]events[\\/](?:order|partner|payout|payout-run|programme)-events\.ts$/,
];

/** All that is used of bowser, whose one file can't be taken apart; beside it stand the modules that it was made of. */
const BOWSER = `
  import Parser from './src/parser.js';
  export const getParser = (agent, skipParsing, hints) => new Parser(agent, skipParsing, hints);`;

/** Names of browsers and their short forms, by which it compares a browser with one that is asked for: nobody asks. */
const ASKS_FOR_NAMES = /[\\/]bowser[\\/]src[\\/]utils\.js$/;

/** Leaves `UNREACHED` out, and takes Hono with its small router, which is enough for three addresses. */
export const leaveOutUnreached: Plugin = {
  name: 'leave-out-unreached',
  setup(build) {
    build.onResolve({ filter: /^hono$/ }, ({ resolveDir, kind }) =>
      build.resolve('hono/tiny', { resolveDir, kind }),
    );
    for (const filter of UNREACHED) {
      build.onLoad({ filter }, async ({ path }) => {
        return { contents: emptied(await readFile(path, 'utf8')) };
      });
    }
    build.onResolve({ filter: /^\.\/constants\.js$/ }, ({ path, importer, resolveDir }) =>
      ASKS_FOR_NAMES.test(importer)
        ? { path: join(resolveDir, path), namespace: 'unreached' }
        : null,
    );
    build.onLoad({ filter: /.*/, namespace: 'unreached' }, async ({ path }) => {
      return { contents: emptied(await readFile(path, 'utf8')) };
    });
    build.onLoad({ filter: /[\\/]bowser[\\/]bowser\.mjs$/ }, () => ({ contents: BOWSER }));
  },
};

/** A module with the same exports, all of them undefined. */
function emptied(source: string): string {
  const named = exportedBy(source).map((name) => `export const ${name} = undefined;`);
  const byDefault = /^export default /m.test(source) ? 'export default undefined;' : '';
  return `${named.join('')}${byDefault}`;
}

/** `export const name`, `export function name`, `export { name, its as other }`; what it misses is esbuild's error. */
function exportedBy(source: string): readonly string[] {
  const declared = source.matchAll(/^export (?:const|function|class) (?<names>\w+)/gm);
  const listed = source.matchAll(/^export \{(?<names>[^}]*)\};?$/gm);
  return [...declared, ...listed].flatMap(({ groups }) => groups?.['names']?.match(EXPORTED) ?? []);
}

/** The last word before a comma or the end. */
const EXPORTED = /\w+(?=\s*(?:,|$))/g;
