export { openProvisie, type ComposeOptions, type Provisie } from './compose.ts';
export { readConfig, type Config } from './config.ts';
export { startServer, type RunningServer } from './serve.ts';
