// Before other modules are loaded: that shall not blow up the young heap, which never shrinks again. And before the
// cache of compiled code is on: Node refuses code that was compiled under other flags, and keeps what was compiled under
// one set of flags in a folder of its own, which it chooses when the cache is turned on. Set later, this flag would make
// the server and the commands each throw away what the other compiled, at every start.

import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--semi-space-growth-factor=1');
