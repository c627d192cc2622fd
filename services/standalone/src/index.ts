export { readConfig } from './config.ts';
export { startServer } from './serve.ts';
