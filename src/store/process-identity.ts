import { readFileSync } from 'node:fs';

/**
 * When a process was started, in a form that only equals itself: the boot and the clock tick of its start. A process id
 * alone says little, because it is given away again. Null where the machine has no `/proc`, or no such process.
 * Source: proc(5), field 22 (`starttime`) of `/proc/PID/stat`; the second field may itself hold spaces and brackets.
 */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' || fields[19] === undefined ? null : `${boot}:${fields[19]}`;
  } catch {
    return null;
  }
}

/** Whether the process that was once seen with this id and start still runs on this machine. */
export function isRunning(pid: number, start: string | null): boolean {
  if (!hasProcess(pid)) return false;
  return start === null || processStart(process.pid) === null || processStart(pid) === start;
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, and it is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
