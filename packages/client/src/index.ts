export type { components } from './api-types.ts';
export type { Client, ClientOptions } from './client.ts';
export { createClient } from './create-client.ts';
export { ProvisieError } from './provisie-error.ts';
export type { FieldError, Problem } from './provisie-error.ts';
export type { Answer, Body, CallOptions, Item } from './routes.ts';
