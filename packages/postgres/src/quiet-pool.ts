import { Pool, type PoolConfig } from 'pg';

/** A pool that no lost connection ends the process with: whoever used it gets the error, and the pool makes another. */
export function quietPool(config: PoolConfig): Pool {
  const pool = new Pool(config);
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

function ignore(): void {}
