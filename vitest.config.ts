import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'test/crash/**', 'test/accept/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
