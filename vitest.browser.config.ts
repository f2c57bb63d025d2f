import { defineConfig } from 'vitest/config';

/** Headless Chromium against the whole program: slow, and one browser at a time. */
export default defineConfig({
  test: {
    include: ['packages/*/test/browser/**/*.test.ts', 'test/browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
