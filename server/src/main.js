// Where the server's program begins: a small young heap and the compiled code of the last start, then the program itself.
import './lean-start.js';
import './compile-cache.js';
import './own-imports.js';

await import('./main.ts');
