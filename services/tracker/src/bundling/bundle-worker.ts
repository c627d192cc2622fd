import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Metafile } from 'esbuild';
import { leaveOutUnreached } from './leave-out-unreached.ts';

const ENTRY = fileURLToPath(new URL('../worker.ts', import.meta.url));
const TARGET = fileURLToPath(new URL('../../dist/worker.js', import.meta.url));

export interface WorkerBundle {
  /** One module that exports `fetch` and `queue`. */
  readonly code: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
  /** By package or service: bytes before compression, the heaviest first. */
  readonly weights: readonly (readonly [name: string, bytes: number])[];
}

/** The edge worker as it is deployed: minified, and nothing of it comes from Node. */
export async function bundleWorker(): Promise<WorkerBundle> {
  const { outputFiles, metafile, warnings } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    target: 'es2024',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    outfile: 'worker.js',
    plugins: [leaveOutUnreached],
  });
  const [file] = outputFiles;
  if (file === undefined || warnings.length > 0) {
    throw new Error(`The worker can't be bundled: ${warnings.map(({ text }) => text).join('; ')}`);
  }
  return {
    code: file.text,
    bytes: file.contents.length,
    gzippedBytes: gzipSync(file.contents, { level: 9 }).length,
    weights: weightsOf(metafile),
  };
}

function weightsOf({ outputs }: Metafile) {
  const weights = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = ownerOf(path);
      weights.set(name, (weights.get(name) ?? 0) + bytesInOutput);
    }
  }
  return Array.from(weights).toSorted(([, one], [, other]) => other - one);
}

/** `node_modules/.pnpm/x@1/node_modules/x/…` is x, `packages/domain/src/…` is domain. */
function ownerOf(path: string): string {
  const dependency = /.*node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)/.exec(path)?.groups?.['name'];
  const own = /(?:^|\/)(?<name>[^/.]+)\/src\//.exec(path)?.groups?.['name'];
  return dependency ?? own ?? 'tracker';
}

/** `pnpm --filter @provisie/tracker build:edge` writes dist/worker.js and says what it weighs. */
async function writeBundle() {
  const { code, bytes, gzippedBytes, weights } = await bundleWorker();
  await mkdir(fileURLToPath(new URL('../../dist', import.meta.url)), { recursive: true });
  await writeFile(TARGET, code);
  console.log(`dist/worker.js: ${kilobytes(bytes)}, gzipped ${kilobytes(gzippedBytes)}`);
  for (const [name, weight] of weights) console.log(`  ${kilobytes(weight).padStart(9)}  ${name}`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

if (process.argv.includes('--write')) await writeBundle();
