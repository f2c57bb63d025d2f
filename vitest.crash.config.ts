import { defineConfig } from 'vitest/config';

/** Real processes and real time: three worlds at a time, one file after the other. */
export default defineConfig({
  test: {
    include: ['test/crash/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    maxConcurrency: 3,
  },
});
