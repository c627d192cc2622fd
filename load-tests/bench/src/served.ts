import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const readySchema = z.object({ port: z.int() });
const memorySchema = z.object({ rssMb: z.number() });
/** `recorded`: how many touches the log holds; null on a side that records nothing. */
const doneSchema = z.object({ recorded: z.int().nullable(), peakRssMb: z.number() });

/** A side that serves, as `serveUntilInputEnds` does it, as a process of its own. */
export interface Served extends AsyncDisposable {
  readonly port: number;
  /** Resident memory as it stands. */
  rssMb(): Promise<number>;
  /** Once. */
  finish(): Promise<z.infer<typeof doneSchema>>;
}

export async function startServer(side: string, args: readonly string[]): Promise<Served> {
  const file = fileURLToPath(new URL(`sides/${side}.ts`, import.meta.url));
  const server = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => server.once('close', resolve));
  const { port } = readySchema.parse(await nextLine(lines));
  return {
    port,
    async rssMb() {
      server.stdin.write('\n');
      return memorySchema.parse(await nextLine(lines)).rssMb;
    },
    async finish() {
      server.stdin.end();
      return doneSchema.parse(await nextLine(lines));
    },
    async [Symbol.asyncDispose]() {
      server.stdin.end();
      await ended;
    },
  };
}

async function nextLine(lines: AsyncIterator<string>): Promise<unknown> {
  const line = await lines.next();
  if (line.done === true) throw new Error('the server ended before it said anything');
  return JSON.parse(line.value);
}
