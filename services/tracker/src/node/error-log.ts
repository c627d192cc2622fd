/** A pino logger fits. */
export interface NodeLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Hears of the failures of a part of the process. */
export type PartErrors = (part: string) => (error: unknown) => void;

/** How long the same failure is only counted. */
const QUIET_MS = 10_000;

/**
 * Writes failures without what they were about: a code and a sentence. While the disk is full or too slow every click
 * fails the same way, so each kind is written once in ten seconds, with how many there were.
 */
export function createErrorLog(log: Pick<NodeLog, 'error'>, now: () => number): PartErrors {
  const kinds = new Map<string, { until: number; left: number }>();
  return (part) => (error) => {
    const { code, message } = described(error);
    const kind = `${part} ${code}`;
    const known = kinds.get(kind);
    if (known !== undefined && now() < known.until) {
      known.left += 1;
      return;
    }
    kinds.set(kind, { until: now() + QUIET_MS, left: 0 });
    log.error({ part, code, reason: message, alsoSince: known?.left ?? 0 }, 'something failed');
  };
}

function described(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message };
}
