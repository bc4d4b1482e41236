import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen, sendStatus, type Listening, type StatusFault } from './listen.ts';
import { Traffic } from './traffic.ts';

export interface ReceivedRow {
  op: 'upsert' | 'delete';
  key: string;
  record: Record<string, unknown>;
}

export interface Delivery {
  /** Which destination: the path of the request. */
  to: string;
  /** None: somebody only asks whether the destination is there. */
  rows: ReceivedRow[];
}

export interface ReceiverFault extends Partial<StatusFault> {
  /** The rows are taken, and no answer ever comes. */
  silent?: true;
  /** The rows are taken, and the answer waits. */
  answerAfter?: Promise<void>;
  /** The rows are taken, and the journal blocks its event loop for so many milliseconds. */
  freeze?: number;
  /** Those that are rejected; the others are taken. */
  refuse?: (row: ReceivedRow) => boolean;
}

/** Decides what goes wrong with a delivery; nothing: its rows are taken. With a `status` none is. */
export type ReceiverScript = (delivery: Delivery) => ReceiverFault | void | Promise<ReceiverFault | void>;

export interface FaultyReceiver extends Listening {
  /** Every row that was taken, by destination, in the order of coming. */
  taken(to: string): ReceivedRow[];
  /** What a destination has in the end, by the rows' keys. */
  state(to: string): Record<string, unknown>;
  script: ReceiverScript;
  /** Requests whose rows were taken. */
  delivered: Traffic;
  /** Answers that have left. */
  answered: Traffic;
  calm(): void;
}

/** HTTP destinations, one a path: of rows with keys (for `webhook`) or of entries (for the journal). They fail as told. */
export async function startFaultyReceiver(): Promise<FaultyReceiver> {
  const taken = new Map<string, ReceivedRow[]>();
  const server = createServer((request, response) => {
    void receive(request, response).catch(() => response.destroy()); // a sender that was killed half-way
  });
  const receiver: FaultyReceiver = {
    ...(await listen(server)),
    taken: (to) => taken.get(to) ?? [],
    state: (to) => stateOf(taken.get(to) ?? []),
    script: () => undefined,
    delivered: new Traffic(),
    answered: new Traffic(),
    calm() {
      receiver.script = () => undefined;
      taken.clear();
    },
  };

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.once('finish', () => receiver.answered.pass());
    const to = (request.url ?? '').slice(1);
    const body = await text(request);
    const rows = body === '' ? [] : (JSON.parse(body) as { data: ReceivedRow[] }).data;
    const { status, retryAfter, silent, answerAfter, freeze, refuse } = (await receiver.script({ to, rows })) ?? {};
    if (status !== undefined) return sendStatus(response, { status, retryAfter });
    const refused = rows.map((row) => refuse?.(row) ?? false);
    taken.set(to, [...receiver.taken(to), ...rows.filter((_, i) => !refused[i])]);
    receiver.delivered.pass();
    if (silent) return;
    await answerAfter;
    const outcomes = refused.map((no) => (no ? { status: 'rejected', message: 'no' } : { status: 'ok' }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ outcomes, freeze }));
  }

  return receiver;
}

function stateOf(rows: ReceivedRow[]): Record<string, unknown> {
  const state = new Map<string, unknown>();
  for (const { op, record } of rows) {
    const key = String(record.id);
    if (op === 'delete') state.delete(key);
    else state.set(key, record);
  }
  return Object.fromEntries([...state].sort(([a], [b]) => (a < b ? -1 : 1)));
}
