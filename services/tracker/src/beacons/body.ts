import type { TrackerRequest } from '../tracker-context.ts';

export type Body =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: 'too_large' | 'malformed' };

/** Reads a body of UTF-8 up to `maxBytes`, however it is sent; the rest of a larger one is never read. */
export async function readBody(request: TrackerRequest, maxBytes: number): Promise<Body> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBytes) return { ok: false, reason: 'too_large' };
  try {
    const text =
      announced === null
        ? await textOf(chunksOf(request), maxBytes)
        : await wholeTextOf(request, maxBytes);
    return text === null ? { ok: false, reason: 'too_large' } : { ok: true, text };
  } catch {
    // Not UTF-8, or the browser left in the middle of it.
    return { ok: false, reason: 'malformed' };
  }
}

const UTF8 = ['utf-8', { fatal: true }] as const;
/** Between whole texts it remembers nothing. */
const decoderOfWholes = new TextDecoder(...UTF8);

/** No body is longer than it announces, and reading it as a stream would take far longer than all else. */
async function wholeTextOf(request: TrackerRequest, maxBytes: number): Promise<string | null> {
  const bytes = await request.arrayBuffer();
  return bytes.byteLength > maxBytes ? null : decoderOfWholes.decode(bytes);
}

/** Null: there are more than `maxBytes`. Throws when they aren't UTF-8. */
async function textOf(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | null> {
  const decoder = new TextDecoder(...UTF8);
  let text = '';
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function* chunksOf(request: TrackerRequest): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const read: { readonly done: boolean; readonly value?: unknown } = await reader.read();
      if (read.done || !(read.value instanceof Uint8Array)) return;
      yield read.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
