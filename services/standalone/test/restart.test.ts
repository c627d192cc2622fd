import { Agent, request, type IncomingMessage, type RequestOptions } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { createEventIds } from '@provisie/event-store';
import { expect, onTestFinished, test } from 'vitest';
import { openShop, type Shop } from './open-shop.ts';
import { serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const RESTARTS = 4;
const CONNECTIONS = 16;
const ANSWERS_BETWEEN = 200;

test('restarted behind a proxy that waits for it, it answers every request, each sent once', async () => {
  const folder = temporaryFolder();
  const shop = await openShop(folder);
  const start = () => serverProcess(folder, { PORT: shop.port });
  let server = await start();
  onTestFinished(async () => {
    await server.stop('SIGKILL');
  });
  const load = new Load(shop);
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    await load.answers(ANSWERS_BETWEEN);
    const { exitCode } = await server.stop('SIGTERM');
    expect(exitCode).toBe(0);
    server = await start();
  }
  await load.answers(ANSWERS_BETWEEN);
  expect(await load.end()).toEqual(new Set(['/r/blog 302', '/v1/orders 201']));
}, 120_000);

/** People who click and order, over connections that are kept as a proxy keeps them. */
class Load {
  readonly #proxy = new Agent({ keepAlive: true });
  readonly #outcomes = new Set<string>();
  readonly #people: Promise<unknown>;
  #answers = 0;
  #isOver = false;
  #onAnswer: () => void = () => {};

  constructor(shop: Shop) {
    this.#people = Promise.all(
      Array.from({ length: CONNECTIONS }, (_, place) =>
        this.#untilOver(
          place % 2 === 0 ? () => click(this.#proxy, shop) : () => order(this.#proxy, shop),
        ),
      ),
    );
  }

  async #untilOver(act: () => Promise<string>): Promise<void> {
    while (!this.#isOver) {
      this.#outcomes.add(await act());
      this.#answers += 1;
      this.#onAnswer();
    }
  }

  /** Resolves after so many answers more. */
  async answers(more: number): Promise<void> {
    const until = this.#answers + more;
    while (this.#answers < until) {
      const next = new Promise<void>((resolve) => {
        this.#onAnswer = resolve;
      });
      await Promise.race([next, this.#people]);
    }
  }

  /** What answers there were. */
  async end(): Promise<ReadonlySet<string>> {
    this.#isOver = true;
    await this.#people;
    this.#proxy.destroy();
    return this.#outcomes;
  }
}

function click(agent: Agent, { port }: Shop): Promise<string> {
  return sent({ agent, port, path: '/r/blog' });
}

const nextId = createEventIds();

function order(agent: Agent, { port, accessKey }: Shop): Promise<string> {
  const headers = { authorization: `Bearer ${accessKey}`, 'content-type': 'application/json' };
  return sent(
    { agent, port, path: '/v1/orders', method: 'POST', headers },
    JSON.stringify({
      orderId: `order-${nextId()}`,
      placedAt: new Date().toISOString(),
      customer: { email: `${nextId()}@post.example` },
      currency: 'EUR',
      lines: [{ lineId: '1', amountCents: 79_500 }],
      couponCodes: [],
    }),
  );
}

/** Resolves to the path and the status. As a proxy does, it tries again only while nobody listens. */
async function sent(options: RequestOptions, body = ''): Promise<string> {
  for (;;) {
    try {
      const { statusCode } = await answered(options, body);
      return `${options.path} ${statusCode}`;
    } catch (error) {
      if (!isRefused(error)) throw error;
      await setTimeout(20);
    }
  }
}

function answered(options: RequestOptions, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', ...options })
      .on('response', (answer) => resolve(answer.resume()))
      .on('error', reject)
      .end(body);
  });
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}
