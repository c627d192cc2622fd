import type { Environment } from '@provisie/process';
import type { Config } from '../config.ts';

/** What the commands are given, beside what is typed. */
export interface Surroundings {
  readonly environment: Environment;
  /** As the environment and `--data` say; throws `ConfigError`. */
  readonly config: () => Config;
}
