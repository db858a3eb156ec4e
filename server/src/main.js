// Where the server's program begins: a small young heap and the compiled code of the last start, then the program itself.
import './system/lean-start.js';
import './system/compile-cache.js';
import './system/own-imports.js';

await import('./main.ts');
