const SAMPLE_MS = 10;

export interface MemoryUse {
  /** Resident when the work began: Node.js, the modules, and what stripping their types left behind. */
  readonly startRssMb: number;
  /** The most that was resident while the work was done. */
  readonly peakRssMb: number;
  /** What the work left behind, after a collection. Needs `--expose-gc`. */
  readonly heapMb: number;
}

/** Looks at this process's memory until the returned function is called: the peak of the whole process is that of its start. */
export function watchMemory(): () => MemoryUse {
  globalThis.gc?.();
  const startRss = process.memoryUsage.rss();
  let peakRss = startRss;
  const look = () => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
  };
  const timer = setInterval(look, SAMPLE_MS);
  return () => {
    look();
    clearInterval(timer);
    globalThis.gc?.();
    return {
      startRssMb: megabytes(startRss),
      peakRssMb: megabytes(peakRss),
      heapMb: megabytes(process.memoryUsage().heapUsed),
    };
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
