import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { CHROME, openTrackedShop } from './tracked-shop.ts';
import type { TrackedShop } from './tracked-shop.ts';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** Null where there is no browser to test with. */
export const chromiumPath =
  [process.env['CHROMIUM_PATH'] ?? '', ...CANDIDATES].find((path) => existsSync(path)) ?? null;

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A shop's page and a tracker, each on a port of its own as they would be on hosts of their own. */
export interface ShopPages extends AsyncDisposable {
  readonly tracker: TrackedShop;
  readonly trackerUrl: string;
  readonly shopUrl: string;
  /** A visitor who was never here before; leaves with the test. */
  visit(path: string, options?: VisitOptions): Promise<Visit>;
}

interface VisitOptions {
  /** Attributes of the script element, or other markup before it. */
  readonly attributes?: string;
  /** Of the script's address. */
  readonly query?: string;
  /** JavaScript that runs before the snippet, with the stub in place. */
  readonly before?: string;
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
}

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors, rejections and console messages of the page itself. */
  readonly complaints: string[];
  /** Beacons that the page tried to send. */
  readonly requests: string[];
}

export async function openShopPages(): Promise<ShopPages> {
  const markup = { attributes: '', before: '', query: '', trackerUrl: '' };
  const pages = new Hono();
  pages.get('*', (c) =>
    c.html(`<!doctype html><html lang="nl"><title>Shop</title><h1>Shop</h1>
<script>window.provisie=window.provisie||function(){(provisie.q=provisie.q||[]).push(arguments)};${markup.before}</script>
<script src="${markup.trackerUrl}/t.js${markup.query}" ${markup.attributes}></script>`),
  );
  const shopServer = await listen(pages);
  const tracker = await openTrackedShop({
    hosts: [new URL(shopServer.url).host],
    destination: `${shopServer.url}/aanbod`,
    terms: { consent: { default: 'exempt', countries: { FR: 'required' } } },
    tracker: { secureCookies: false, now: Date.now },
  });
  const trackerServer = await listen(tracker.app);
  markup.trackerUrl = trackerServer.url;
  const browser = await launch();

  return {
    tracker,
    trackerUrl: trackerServer.url,
    shopUrl: shopServer.url,
    async visit(path, { attributes = '', before = '', query = '', prepare } = {}) {
      Object.assign(markup, { attributes, before, query });
      const context = await browser.newContext({ userAgent: CHROME });
      await prepare?.(context);
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      // What the browser itself says of a request that failed is not the page's doing.
      page.on('console', (message) => {
        if (!message.text().startsWith('Failed to load resource')) complaints.push(message.text());
      });
      page.on('request', (request) => {
        if (request.url() === `${trackerServer.url}/t`) requests.push(request.postData() ?? '');
      });
      await page.goto(path.startsWith('/r/') ? trackerServer.url + path : shopServer.url + path);
      return { page, context, complaints, requests, [Symbol.asyncDispose]: () => context.close() };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await trackerServer.close();
      await shopServer.close();
      await tracker[Symbol.asyncDispose]();
    },
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ARGUMENTS });
}

async function listen(app: Hono) {
  const { promise, resolve } = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, resolve);
  const { port } = await promise;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => {
          done();
        });
      }),
  };
}
