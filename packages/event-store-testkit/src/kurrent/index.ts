export { KurrentCluster } from './kurrent-cluster.ts';
export { KurrentDouble } from './kurrent-double.ts';
export type { KurrentDoubleOptions } from './kurrent-double.ts';
export type { Fault } from './faults.ts';
export { serverErrors } from './server-errors.ts';
export { ServerLog } from './server-log.ts';
export type { ServerRecord } from './server-record.ts';
