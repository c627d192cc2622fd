import { createRoute, z } from '@hono/zod-openapi';
import { partnerIdSchema, payoutIdSchema } from '@provisie/domain';
import type { HttpEnv } from '@provisie/http';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import { documentContent } from '@provisie/payouts';
import type { DocumentView } from '@provisie/read-model';
import type { Context } from 'hono';
import type { Api, Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { ownPartnerId, ownTags } from '../me/me.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures, writeFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { documentSchema } from './document.ts';

const tags = ['Payouts'];
const params = z.object({
  documentId: z.string().regex(/^[0-9a-f]{32}$/, 'as `documentId` of a listing'),
});
const failures = { ...readFailures, 409: writeFailures[409] };
const pdfAnswer = {
  description: 'The document.',
  content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
};
const ublAnswer = {
  description: 'The document.',
  content: { 'application/xml': { schema: z.string() } },
};

export const listDocuments: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/documents',
    tags,
    summary: 'List invoices, credit notes and payout statements, newest first',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional(),
        payoutId: payoutIdSchema.optional(),
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(documentSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, payoutId, ...query } = c.req.valid('query');
    const page = await api.readModel.documents(given({ partnerId, payoutId }), pageRequest(query));
    return c.json(
      pageAnswer(c, page, (row) => row),
      200,
    );
  });
};

export const getDocumentPdf: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/documents/{documentId}/pdf',
    tags,
    summary: 'Download a document as PDF',
    ...api.reads('admin', 'finance'),
    request: { params, query: z.strictObject(waitQuery) },
    responses: { 200: pdfAnswer, ...failures },
  });
  api.app.openapi(route, async (c) =>
    sendPdf(api, c, await known(api, c.req.valid('param').documentId)),
  );
};

export const getDocumentUbl: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/documents/{documentId}/ubl',
    tags,
    summary: 'Download an invoice or credit note as UBL (EN 16931, Peppol self-billing)',
    ...api.reads('admin', 'finance'),
    request: { params, query: z.strictObject(waitQuery) },
    responses: { 200: ublAnswer, ...failures },
  });
  api.app.openapi(route, async (c) =>
    sendUbl(api, c, await known(api, c.req.valid('param').documentId)),
  );
};

export const getOwnDocumentPdf: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/documents/{documentId}/pdf',
    tags: ownTags,
    summary: 'Download a document of mine as PDF',
    ...api.reads('partner'),
    request: { params, query: z.strictObject(waitQuery) },
    responses: { 200: pdfAnswer, ...failures },
  });
  api.app.openapi(route, async (c) =>
    sendPdf(api, c, await known(api, c.req.valid('param').documentId, ownPartnerId(c))),
  );
};

export const getOwnDocumentUbl: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/documents/{documentId}/ubl',
    tags: ownTags,
    summary: 'Download an invoice or credit note of mine as UBL',
    ...api.reads('partner'),
    request: { params, query: z.strictObject(waitQuery) },
    responses: { 200: ublAnswer, ...failures },
  });
  api.app.openapi(route, async (c) =>
    sendUbl(api, c, await known(api, c.req.valid('param').documentId, ownPartnerId(c))),
  );
};

/** Fonts, PDF and XML take long to load, and most processes are never asked for a document. */
const makers = () => import('@provisie/documents');

/** Another partner's document doesn't exist for a partner. */
async function known(api: Api, documentId: string, partnerId?: string): Promise<DocumentView> {
  const document = await api.readModel.document(documentId);
  const isTheirs = partnerId === undefined || document?.partnerId === partnerId;
  if (document === null || !isTheirs)
    throw problem('not_found', 'There is no such document (yet).');
  return document;
}

async function sendPdf(api: Api, c: Context<HttpEnv>, document: DocumentView) {
  const { documentPdf } = await makers();
  const pdf = await documentPdf(await documentContent(api, document));
  c.header('Content-Type', 'application/pdf');
  c.header('Content-Disposition', `attachment; filename="${document.number}.pdf"`);
  return c.body(new Uint8Array(pdf), 200);
}

async function sendUbl(api: Api, c: Context<HttpEnv>, document: DocumentView) {
  if (document.kind === 'payout_statement') {
    throw problem('not_found', 'A payout statement is no invoice, so there is no UBL of it.');
  }
  const { documentUbl } = await makers();
  const ubl = documentUbl(await documentContent(api, document));
  c.header('Content-Type', 'application/xml; charset=utf-8');
  c.header('Content-Disposition', `attachment; filename="${document.number}.xml"`);
  return c.body(ubl, 200);
}
