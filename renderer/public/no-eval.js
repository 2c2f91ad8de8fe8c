// zod compiles its checks where it may, and tries `new Function` to find out. The policy of these screens forbids that and would report each try:
// told so before the first schema is made, it does not try (zod's own setting `jitless`).
globalThis.__zod_globalConfig = { jitless: true }
