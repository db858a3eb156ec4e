// For the processes of a test run, their threads and the servers they start, not for the program as a shop runs it: a
// relative import that names its file in full means that file, and no folder is searched, no manifest read, no link
// followed. Node looks for all three at each of a thousand imports; that was a fifth of the processor time of a process's
// start, and as much of each writer thread's, of which a run starts hundreds. Plain JavaScript for the reason in
// compile-cache.js.

import { registerHooks } from 'node:module';

/** What a file's name says about what is in it, wherever it lies; `.js` depends on the manifest and is left to Node. */
const FORMATS = { '.ts': 'module-typescript', '.mjs': 'module' };

registerHooks({
  resolve(specifier, context, nextResolve) {
    const format = FORMATS[specifier.slice(specifier.lastIndexOf('.'))];
    if (format === undefined || !specifier.startsWith('.') || context.parentURL === undefined) {
      return nextResolve(specifier, context);
    }
    return { url: new URL(specifier, context.parentURL).href, format, shortCircuit: true };
  },
});
