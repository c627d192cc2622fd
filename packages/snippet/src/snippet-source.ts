import { builtSnippet } from './built-snippet.ts';

/** What data attributes of the script element may still change. */
export interface SnippetSettings {
  readonly consent?: 'required' | 'exempt' | 'off';
  readonly days?: number;
}

/** The script that `/t.js` serves. */
export function snippetSource(settings: SnippetSettings = {}): string {
  return `(${builtSnippet})(${JSON.stringify(settings)});`;
}
