import { expect } from 'vitest';

/** `expect`'s own are of type any. */
export const containing = (text: string): unknown => expect.stringContaining(text);
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
