/** Made by `build-snippet.ts` from `snippet.ts`. */
const SOURCE = '';
export function snippetSource(): string {
  return SOURCE;
}
