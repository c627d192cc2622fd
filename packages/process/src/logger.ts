import { destination, pino, type Logger } from 'pino';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of JSON a message, on stderr: stdout is for what a person asked for. */
export function createLogger(level: LogLevel): Logger {
  return pino({ level, base: null }, destination({ fd: 2, sync: true }));
}
