import { expect } from 'vitest';
import { createApiClient } from '../src/demo/api-client.ts';
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
  const api = createApiClient(server.url, accessKey);
  const openedAt = '2026-01-01T00:00:00.000Z';
  await api.post('/v1/programmes', {
    programmeId: 'affiliate',
    name: 'Affiliates',
    hosts: ['www.shop.example'],
    openedAt,
  });
  const profile = { name: 'Blog', email: 'info@blog.example' };
  await api.post('/v1/partners', { partnerId: 'blog', profile, appliedAt: openedAt });
  await api.post('/v1/partners/blog/approve', { approvedAt: openedAt });
  await api.post('/v1/links', {
    code: 'blog',
    programmeId: 'affiliate',
    partnerId: 'blog',
    destination: 'https://www.shop.example/',
    createdAt: openedAt,
  });
  const { exitCode } = await server.stop('SIGTERM');
  expect(exitCode).toBe(0);
  return { port: new URL(server.url).port, accessKey };
}
