import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '.next/**', '.data/**'],
    globalSetup: ['server/db/test-database-setup.ts'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
});
