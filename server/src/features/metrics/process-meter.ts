// What the system and the engine know of this process. Its event loop is watched from the first reading on: where nobody
// reads, nothing is spent.

import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { counter, gauge, type Metric } from '../../domain/metric.ts';

/** How often the delay is looked at: each look wakes the process. */
const RESOLUTION_MS = 50;
const NANOSECONDS = 1e9;
const QUANTILES = [0.5, 0.99, 1];
const PER_CENT = 100;
const MICROSECONDS = 1e6;

export function processMeter(): () => Metric[] {
  let watched: ReturnType<typeof monitorEventLoopDelay> | null = null;
  let before = performance.eventLoopUtilization();
  return () => {
    const delay = watched ?? monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    watched = delay;
    delay.enable();
    const delays = QUANTILES.map((quantile) => ({
      suffix: '' as const,
      labels: `quantile="${quantile}"`,
      // What is measured is the whole time between two looks.
      value: Math.max(0, delay.percentile(quantile * PER_CENT) / NANOSECONDS - RESOLUTION_MS / 1000),
    }));
    delay.reset();
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return [
      {
        name: 'swati_event_loop_delay_seconds',
        help: 'How late the event loop came round, since it was read last',
        type: 'gauge',
        samples: delays,
      },
      gauge(
        'swati_event_loop_utilization',
        'Share of the time it was busy, since it was read last',
        utilization,
      ),
      gauge('swati_resident_memory_bytes', 'Memory that the process holds', rss),
      gauge('swati_heap_used_bytes', "Memory of the program's own objects", heapUsed),
      gauge('swati_uptime_seconds', 'Since the process began', process.uptime()),
      counter('swati_cpu_seconds_total', 'Processor time, all threads', (user + system) / MICROSECONDS),
    ];
  };
}
