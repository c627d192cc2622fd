export { snippetSource } from './snippet-source.ts';
export type { SnippetSettings } from './snippet-source.ts';
