// A small ext4 file system of its own in a file, which can lose its power. Needs root and loop devices.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** _IOR('X', 125, __u32): the file system stops at once; 2: without writing its journal. As a power cut would. */
const SHUTDOWN = `open(my $f, '<', $ARGV[0]) or die $!; my $how = pack('L', 2); ioctl($f, 0x8004587d, $how) or die $!;`;

export interface LoopDisk {
  /** Where it is mounted. */
  path: string;
  mount: () => void;
  unmount: () => void;
  cutPower: () => void;
  /** Unmounts what is left. */
  remove: () => void;
}

let whyNot: string | null | undefined;

/** Why there can be none here, or null. */
export function loopDiskMissing(): string | null {
  whyNot ??= findMissing();
  return whyNot;
}

function findMissing(): string | null {
  if (process.getuid?.() !== 0) return 'needs root, for a loop-mounted file system';
  for (const tool of ['mkfs.ext4', 'mount', 'perl', 'losetup']) {
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0) return `needs ${tool}`;
  }
  return spawnSync('losetup', ['-f']).status === 0 ? null : 'needs a free loop device';
}

export function makeLoopDisk(folder: string, megabytes: number): LoopDisk {
  const [image, path] = [join(folder, 'disk.img'), join(folder, 'disk')];
  mkdirSync(path, { recursive: true });
  execFileSync('truncate', ['-s', `${megabytes}M`, image]);
  execFileSync('mkfs.ext4', ['-q', '-F', image]);
  const isMounted = (): boolean => spawnSync('mountpoint', ['-q', path]).status === 0;
  const disk: LoopDisk = {
    path,
    mount: () => execFileSync('mount', ['-o', 'loop', image, path]),
    unmount: () => execFileSync('umount', [path]),
    cutPower: () => execFileSync('perl', ['-e', SHUTDOWN, path]),
    remove: () => {
      if (isMounted()) disk.unmount();
    },
  };
  return disk;
}
