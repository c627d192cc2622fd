import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

const SOURCE = fileURLToPath(new URL('snippet.ts', import.meta.url));
const TARGET = fileURLToPath(new URL('built-snippet.ts', import.meta.url));

/**
 * The snippet as a function of its settings, minified, for browsers from 2021 on (Safari 14). esbuild takes the
 * types away; terser's names compress better than esbuild's.
 */
export async function buildSnippet(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [SOURCE],
    bundle: true,
    write: false,
    minifySyntax: true,
    format: 'esm',
    target: 'es2021',
    tsconfigRaw: '{}',
    charset: 'utf8',
    legalComments: 'none',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild made no file');
  const { code } = await minify(`(settings => {${file.text}})`, {
    ecma: 2020,
    // What it is has a value, though nothing here uses it.
    compress: { expression: true },
  });
  if (code === undefined) throw new Error('terser made no script');
  return code.replace(/;$/, '');
}

/** The build is committed, so that serving it needs no build tool: `pnpm --filter @provisie/snippet build`. */
async function writeSource() {
  const text = JSON.stringify(await buildSnippet());
  await writeFile(
    TARGET,
    `/** Made by \`build-snippet.ts\` from \`snippet.ts\`: a test says when it is out of date. */
export const builtSnippet =
  ${text};
`,
  );
}

if (process.argv.includes('--write')) await writeSource();
