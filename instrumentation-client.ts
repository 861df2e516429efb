// Next runs this before any other code of the page. Zod compiles its parsers with `new Function` and tries that
// when a schema is made: a strict Content-Security-Policy would report each page for it. Zod takes up the object that
// it finds under this name; importing its own `config` would load 7 kB on pages that have no schema (UI263 holds it).
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
