import { execFileSync } from 'node:child_process';

/** Resident memory in MB; 0 for one that has ended. */
export const residentMb = (pid: number): number => {
  try {
    const kb = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return Math.round(Number(kb) / 1024);
  } catch {
    return 0;
  }
};
