import { createClient } from '@provisie/client';
import { expect } from 'vitest';
import { serverProcess } from './process.ts';

export interface Shop {
  /** Where its server listened. */
  readonly port: string;
  /** With every right. */
  readonly accessKey: string;
}

/** The first start on a folder: makes a programme, a partner and the link `blog`, and stops. */
export async function openShop(folder: string): Promise<Shop> {
  const server = await serverProcess(folder);
  const accessKey = server.firstAdminKey ?? '';
  const api = createClient({ baseUrl: server.url, key: accessKey });
  const openedAt = '2026-01-01T00:00:00.000Z';
  const whose = { programmeId: 'affiliate', partnerId: 'blog' };
  const { programmeId, partnerId } = whose;
  const hosts = ['www.shop.example'];
  await api.post('/v1/programmes', { body: { programmeId, name: 'Affiliates', hosts, openedAt } });
  const profile = { name: 'Blog', email: 'info@blog.example' };
  await api.post('/v1/partners', { body: { partnerId, profile, appliedAt: openedAt } });
  const approval = { path: { partnerId }, body: { approvedAt: openedAt } };
  await api.post('/v1/partners/{partnerId}/approve', approval);
  const destination = 'https://www.shop.example/';
  await api.post('/v1/links', {
    body: { ...whose, code: 'blog', destination, createdAt: openedAt },
  });
  const { exitCode } = await server.stop('SIGTERM');
  expect(exitCode).toBe(0);
  return { port: new URL(server.url).port, accessKey };
}
