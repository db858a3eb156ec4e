// What processes use, where the system says it (Linux).

import { readdirSync, readFileSync } from 'node:fs';

/** CPU time that a process has used, in microseconds: the system counts in hundredths of a second. Null elsewhere. */
export function cpuMicroseconds(pid: number): number | null {
  const fields = statOf(pid);
  return fields && (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Memory of a process and of those it started, in megabytes: now, and the most there was. Null elsewhere. */
export function memoryMegabytes(pid: number): { now: number; most: number } | null {
  const sums = { now: 0, most: 0 };
  for (const member of [pid, ...childrenOf(pid)]) {
    const status = read(`/proc/${member}/status`);
    if (status === null) return null;
    sums.now += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    sums.most += Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }
  return { now: Math.round(sums.now), most: Math.round(sums.most) };
}

function childrenOf(pid: number): number[] {
  const ids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return ids.filter((id) => statOf(id)?.[1] === String(pid));
}

function statOf(pid: number): string[] | null {
  return read(`/proc/${pid}/stat`)?.split(') ')[1]?.split(' ') ?? null;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
