// Words that are spoken outside of components (amounts, errors, toasts): they must be there before the first page.

import '../format/words/format-words.ts';
import './errors/error-words.ts';
import './everywhere/everyday-words.ts';
