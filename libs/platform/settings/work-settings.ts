import type { SettingRow } from './setting-row.ts';

/** What runs in this process, and how it works on runs. */
export const workSettings: SettingRow[] = [
  {
    key: 'MILLRACE_PROCESSES',
    property: 'processes',
    type: 'list',
    default: () => 'api,collector,worker',
    description:
      'What runs in this process: `api` answers `/api`, `collector` takes in events and webhooks (`/v1`, `/api/events`, `/hooks`, opens and clicks of mails) and gives web pages their script, `worker` works on runs.',
    example: 'collector',
  },
  {
    key: 'MILLRACE_CONCURRENCY',
    property: 'concurrency',
    type: 'integer',
    default: () => '2',
    description: 'Slices that one worker process works on at the same time.',
    example: '8',
  },
  {
    key: 'MILLRACE_LEASE',
    property: 'lease',
    type: 'integer',
    default: () => '30',
    description:
      'Seconds after which others take over the work of a worker that has gone silent. Shorter: sooner; longer: more patient with a machine that stalls.',
    example: '15',
  },
  {
    key: 'MILLRACE_STALL_TIMEOUT',
    property: 'stallTimeout',
    type: 'integer',
    default: () => '600',
    description:
      'Seconds without any progress (no page from the source, nothing sent to the destination) after which a read is given up and tried again.',
    example: '1800',
  },
  {
    key: 'MILLRACE_WORKER_NAME',
    property: 'workerName',
    type: 'text',
    defaultNote: '`<host name>:<process id>`',
    description:
      'Names this process as long as it restarts: what it left behind is taken up at its next start instead of when the lease ends. No two processes may have the same.',
    example: 'worker-1',
  },
  {
    key: 'MILLRACE_SUBSCRIPTIONS',
    property: 'subscriptions',
    type: 'integer',
    default: () => '8',
    description: 'Subscribers of endless streams that one worker process has at the same time, besides its slices.',
    example: '32',
  },
  {
    key: 'MILLRACE_STREAM_RUN_SECONDS',
    property: 'streamRunSeconds',
    type: 'integer',
    default: () => '300',
    description:
      'After so many seconds a run of an endless stream is closed, and the next one begins. One without a row lasts twelve times as long.',
    example: '3600',
  },
  {
    key: 'MILLRACE_STREAM_RUN_ROWS',
    property: 'streamRunRows',
    type: 'integer',
    default: () => '100000',
    description: 'After so many rows of one subscriber a run of an endless stream is closed, too.',
    example: '1000000',
  },
];
