// What Linux says about a process.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

export function openHandles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** The processes that a process started and that live. */
export function childrenOf(pid: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'));
  return lists.flatMap((list) => list.split(' ').filter((one) => one.trim() !== '')).map(Number);
}

/** Which of the processes has the other end of a connection of ours to a port of 127.0.0.1. */
export function holderOf(pids: readonly number[], serverPort: number, ourPort: number): number | null {
  const hex = (port: number): string => `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const row = rows.find(([, from, to]) => from?.endsWith(hex(serverPort)) && to?.endsWith(hex(ourPort)));
  const name = `socket:[${row?.[9]}]`;
  return pids.find((pid) => linksOf(pid).includes(name)) ?? null;
}

function linksOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((handle) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${handle}`)];
    } catch {
      // Closed since the list was read.
      return [];
    }
  });
}
