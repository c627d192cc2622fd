import { destination, pino, type Logger } from 'pino';
import type { Config } from './config.ts';

/** One line of JSON a message, on stderr: stdout is for what a person asked for. */
export function createLogger(level: Config['logLevel']): Logger {
  return pino({ level, base: null }, destination({ fd: 2, sync: true }));
}
