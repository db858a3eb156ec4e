// Keeps compiled code between starts, also for the threads and programs this process starts. Imported before all else,
// and plain JavaScript: what is loaded before the cache is on is compiled every time, and for one TypeScript file Node
// would load its whole translator (a quarter of a second and 15 MB).

import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../node_modules/.cache/swati', import.meta.url));
enableCompileCache(folder);
process.env.NODE_COMPILE_CACHE = folder;
