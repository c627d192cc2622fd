// Serves the API over a filled read model until its input ends, or, as the limit, a bare Hono app that reads each answer
// by its primary key and sends it as it is.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { openBareAnswers } from '../bare-answers.ts';
import { openTradeApi } from '../trade/trade-api.ts';
import { watchMemory } from '../memory-watch.ts';

const [mode = '', place = '', now = '0'] = process.argv.slice(2);
const scratch = mkdtempSync(path.join(tmpdir(), 'provisie-bench-keys-'));
const side =
  mode === 'bare' ? await openBareAnswers(place) : await openTradeApi(place, scratch, Number(now));
const server = serve({ fetch: side.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, ...side.keys }));
});
const memory = watchMemory();

process.stdin.resume();
await once(process.stdin, 'end');
server.close();
await once(server, 'close');
await side.close();
rmSync(scratch, { recursive: true });
console.log(JSON.stringify(memory()));
