import { defineConfig } from 'vitest/config';

/** Real processes, which mostly wait for the leases of the dead to run out: several worlds at a time. */
export default defineConfig({
  test: {
    include: ['test/crash/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    maxConcurrency: 3,
  },
});
