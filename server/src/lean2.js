import 'node:http';
import 'node:sqlite';
import 'node:worker_threads';
import 'node:crypto';
import 'node:zlib';
import 'node:child_process';
import 'node:fs/promises';
import 'node:stream/promises';
import 'node:readline';
import 'node:cluster';
import 'node:dns';
import 'node:http2';
import 'node:https';
import 'node:perf_hooks';
import 'node:diagnostics_channel';
import 'node:async_hooks';
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--semi-space-growth-factor=1');
