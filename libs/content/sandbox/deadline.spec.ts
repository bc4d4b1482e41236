import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { describeWhere } from '#tools/testing';
import { Deadline } from './deadline.ts';
import { processorTime } from './processor-time.ts';

const describe = describeWhere(() => {
  if (processorTime(process.pid) === undefined)
    throw new MillraceError('service_unavailable', 'Only Linux tells how long a process has had a processor.');
});

describe('a deadline', () => {
  it('leaves a process that got no processor the time that it may have', async () => {
    const child = spawn(process.execPath, ['-e', 'console.log(1); for (;;);'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(child.stdout, 'data');
      child.kill('SIGSTOP');
      const before = processorTime(child.pid) ?? NaN;
      const passed = new Promise<void>((resolve) => new Deadline(child.pid, 200, resolve));
      await delay(400); // it would have passed by now
      child.kill('SIGCONT');
      await passed;
      expect((processorTime(child.pid) ?? NaN) - before).toBeGreaterThanOrEqual(200);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
