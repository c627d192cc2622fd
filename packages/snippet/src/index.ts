export { snippetSource } from './snippet-source.ts';
