import { expect, test } from 'vitest';
import { landingPage } from '../src/landing-page.ts';

test('whoever opens the address is told what is there, by a page that loads nothing from elsewhere', async () => {
  const response = await landingPage().request('/');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  );
  const page = await response.text();
  const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, address = '']) => address);
  expect(links.filter((address) => !address.startsWith('data:image/svg+xml,'))).toEqual([
    '/reference',
    '/openapi.json',
    '/t.js',
    '/livez',
    '/readyz',
    '/metrics',
  ]);
});
