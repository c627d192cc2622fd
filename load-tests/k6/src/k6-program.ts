import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const VERSION = 'v1.8.1';
/** Beside the project's other files that nobody keeps. */
const CACHE = path.join(import.meta.dirname, '../../../.provisie', `k6-${VERSION}`);

/** Where k6 is, built once with Go where it isn't installed; or why there is none, in a line. */
export function findK6(): { readonly program: string } | { readonly missing: string } {
  if (runs('k6', 'version')) return { program: 'k6' };
  const built = path.join(CACHE, process.platform === 'win32' ? 'k6.exe' : 'k6');
  if (existsSync(built)) return { program: built };
  if (!runs('go', 'version')) return { missing: 'neither k6 nor Go, to build it, is installed' };
  console.error(`Building k6 ${VERSION} with Go, once …`);
  const { status, signal, stderr } = spawnSync('go', ['install', `go.k6.io/k6@${VERSION}`], {
    env: { ...process.env, GOBIN: CACHE },
    encoding: 'utf8',
  });
  if (status === 0) return { program: built };
  const complaint = stderr
    .trim()
    .split('\n')
    .findLast((line) => !line.startsWith('go: downloading'));
  return { missing: `Go could not build it: ${complaint ?? String(signal ?? status)}` };
}

function runs(program: string, question: string): boolean {
  return spawnSync(program, [question], { stdio: 'ignore' }).status === 0;
}
