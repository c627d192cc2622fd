import type { Config } from '../config.ts';

/** What the commands are given, beside what is typed. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** As the environment and `--data` say; throws `ConfigError`. */
  readonly config: () => Config;
}
