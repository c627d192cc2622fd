// Writes the sample again, from its fixed seed: `node examples/generate.ts`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleFiles } from '../services/standalone/src/sample/sample.ts';

for (const { path, text } of sampleFiles()) {
  const file = join(import.meta.dirname, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, path.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
  console.log(`${path}: ${text.split('\n').length - 1} lines`);
}
