// Where the server's program begins: a Node that can run it, a small young heap and the compiled code of the last start,
// then the program itself.
import './system/refuse-old-node.js';

await import('./system/lean-start.js');
await import('./system/compile-cache.js');
await import('./system/own-imports.js');
await import('./main.ts');
