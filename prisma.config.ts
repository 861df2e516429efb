import { defineConfig } from 'prisma/config';

// The connection is made by the pg adapter at run time; generate needs only the schema.
export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
