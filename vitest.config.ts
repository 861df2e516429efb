import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '.next/**', '.data/**'],
    globalSetup: ['server/db/test-database-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is awaited comes within milliseconds; a machine that runs all files at once may need longer.
    expect: { poll: { timeout: 10_000, interval: 10 } },
  },
});
