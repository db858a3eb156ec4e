#!/usr/bin/env node
// Where the `swati` command begins: the compiled code of the last run first, then the command itself. Plain JavaScript
// for the reason in compile-cache.js.
import '../system/compile-cache.js';
import '../system/own-imports.js';

const { runProgram } = await import('./swati.ts');
await runProgram();
