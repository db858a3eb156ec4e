#!/usr/bin/env node
// Where the `swati` command begins: a Node that can run it and the compiled code of the last run, then the command itself.
// Plain JavaScript for the reason in compile-cache.js.
import '../system/refuse-old-node.js';

await import('../system/compile-cache.js');
await import('../system/own-imports.js');
const { runProgram } = await import('./swati.ts');
await runProgram();
