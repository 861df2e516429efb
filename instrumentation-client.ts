import { config } from 'zod/v4/core';

// Next runs this before any other code of the page. Zod compiles its parsers with `new Function` and tries that
// when a schema is made: a strict Content-Security-Policy would report each page for it.
config({ jitless: true });
