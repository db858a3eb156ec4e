// Before the program's modules are loaded: that shall not blow up the young heap, which never shrinks again. And before
// the cache of compiled code is on: Node refuses code that was compiled under other flags, and keeps what was compiled
// under one set of flags in a folder of its own, which it chooses when the cache is turned on. Set later, this flag would
// make the server and the commands each throw away what the other compiled, at every start. After the modules of Node
// that need most of the time: they come compiled, but not for this flag.

import 'node:child_process';
import 'node:crypto';
import 'node:fs/promises';
import 'node:http2';
import 'node:https';
import 'node:perf_hooks';
import 'node:sqlite';
import 'node:stream/promises';
import 'node:timers/promises';
import 'node:tls';
import 'node:worker_threads';
import 'node:zlib';
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--semi-space-growth-factor=1');
// In MB, of one half of the young heap of each thread that is started from now on (less where its limits say so): its
// heap grows no more than this one, and the writer's, left at 1 MB, was collected a hundred times a second.
setFlagsFromString('--min-semi-space-size=8');
// Such a heap is collected in 1 ms by the thread whose it is: helpers only took the processor from the other threads.
setFlagsFromString('--no-parallel-scavenge');
// In per cent of what lives: so much garbage may lie in the old heap before it is collected. Left alone V8 lets it come
// to four times what lives, 90 MB of a server that writes all day, of which it keeps the most that it ever took.
setFlagsFromString('--heap-growing-percent=100');
