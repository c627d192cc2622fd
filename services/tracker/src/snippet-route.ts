import { snippetSource } from '@provisie/snippet';
import type { SnippetSettings } from '@provisie/snippet';
import type { Context } from 'hono';
import { consentModeFor } from './directory/link-directory.ts';
import { problemAnswer } from './problems.ts';
import type { TrackerOptions } from './tracker-options.ts';

interface Script {
  readonly text: string;
  readonly etag: string;
}

/**
 * `GET /t.js`: the snippet as it is, for pages that set it up with data attributes. `GET /t.js?programme=…`: with
 * the consent mode (of the visitor's country) and the window of that programme's terms in force.
 */
export function snippetRoute(options: TrackerOptions) {
  const scripts = new Map<string, Promise<Script>>();
  const scriptWith = (settings: SnippetSettings) => {
    const text = snippetSource(settings);
    const known = scripts.get(text);
    if (known !== undefined) return known;
    const made = makeScript(text);
    scripts.set(text, made);
    return made;
  };

  return async (context: Context): Promise<Response> => {
    const programmeId = context.req.query('programme');
    if (programmeId === undefined)
      return answer(context, await scriptWith({}), 'public, max-age=3600');
    const programme = options.directory.programme(programmeId);
    if (programme === null) {
      return problemAnswer('unknown_programme', 'The `programme` of the address is not known.');
    }
    const terms = programme.termsAt(options.now());
    const consent = consentModeFor(terms, options.country?.(context.req.raw) ?? null);
    const script = await scriptWith({ consent, days: terms?.windowDays ?? 1 });
    // The mode depends on the visitor's country, so only the visitor's own browser may keep it.
    return answer(context, script, 'private, max-age=600');
  };
}

async function makeScript(text: string): Promise<Script> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hex = [...new Uint8Array(digest, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0'));
  return { text, etag: `"${hex.join('')}"` };
}

function answer(context: Context, { text, etag }: Script, cacheControl: string): Response {
  const headers = {
    ETag: etag,
    'Cache-Control': cacheControl,
    'Content-Type': 'text/javascript; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
  const isKnown = (context.req.header('if-none-match') ?? '').includes(etag);
  return new Response(isKnown ? null : text, { status: isKnown ? 304 : 200, headers });
}
