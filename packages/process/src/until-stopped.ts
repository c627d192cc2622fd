/**
 * Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. Call it before anybody is told that the
 * process runs: a signal that comes sooner ends it in the middle of a request.
 */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (signal: NodeJS.Signals) => {
      if (stopping) process.exit(130);
      stopping = true;
      resolve(signal);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}
