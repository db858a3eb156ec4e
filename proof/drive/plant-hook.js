// Loaded before a program that shall have a defect, in all of its threads: puts the pieces of the defect in place as the
// source is read. The files themselves are never touched. Plain JavaScript, for what stands in compile-cache.js.

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const planted = JSON.parse(readFileSync(process.env.PROOF_PLANTED, 'utf8'));

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const pieces = planted[url];
    if (pieces === undefined) return loaded;
    let source = String(loaded.source);
    for (const { find, put } of pieces) {
      const parts = source.split(find);
      if (parts.length !== 2) throw new Error(`${url} has ${parts.length - 1} times: ${find}`);
      source = parts.join(put);
    }
    return { ...loaded, source };
  },
});
