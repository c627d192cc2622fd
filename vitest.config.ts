import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,services,load-tests,infra}/**/*.test.ts'],
    globalSetup: ['packages/postgres-testkit/src/global-setup.ts'],
    // Tests share no state in modules, and loading those anew for every file takes longer than the tests.
    isolate: false,
    // A test that expects nothing can't fail.
    expect: { requireAssertions: true },
    // Many tests wait for processes, disks and clocks; one at a time would leave a core idle.
    maxWorkers: 2,
    // Processes that tests start, and kill, would else compile the same sources every time.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'provisie-compiled') },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
