// A relative import that names its file in full means that file: no folder is searched, no manifest read, no link followed.
// Node looks for all three at each of a thousand imports; that was a fifth of the processor time of a start, and as much
// of each thread's. Plain JavaScript for the reason in compile-cache.js.

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
