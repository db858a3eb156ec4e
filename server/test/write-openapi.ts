// `npm run openapi`: takes today's OpenAPI document as the agreed one. Look at the difference before you commit it:
// what disappears from it, a client may miss.

import { writeFileSync } from 'node:fs';
import { GOLDEN, openApiText } from './openapi-document.ts';

writeFileSync(GOLDEN, await openApiText());
