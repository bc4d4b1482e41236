import { readFileSync } from 'node:fs';

/** Linux tells times in hundredths of a second (`USER_HZ`). */
const tick = 10;

/** Milliseconds for which a process has had a processor (proc(5), `utime` and `stime` of `/proc/<pid>/stat`); undefined where the system does not tell. */
export function processorTime(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before it may hold anything
    const time = (Number(fields[11]) + Number(fields[12])) * tick;
    return Number.isNaN(time) ? undefined : time;
  } catch {
    return undefined; // another system, or the process has ended
  }
}
