// Where the server's program begins: the compiled code of the last start first, then the program itself.
import './compile-cache.js';

await import('./main.ts');
