import { createServer, type ServerResponse } from 'node:http';
import { listen, sendStatus, type Listening, type StatusFault } from './listen.ts';
import { Traffic } from './traffic.ts';

export interface PageRequest {
  stream: string;
  page: number;
  /** How often this page was asked for before. */
  before: number;
}

/** stall: no answer, ever; cut: the connection closes half-way through the body; garbage: a page that is not JSON. */
export type SourceFault = StatusFault | 'stall' | 'cut' | 'garbage';

/** Decides when a page is answered, and what goes wrong with it; nothing: it is answered well. */
export type SourceScript = (request: PageRequest) => SourceFault | void | Promise<SourceFault | void>;

export interface FaultySource extends Listening {
  /** By stream. */
  rows: Record<string, unknown[]>;
  script: SourceScript;
  /** Requests that came, answered or not. */
  asked: Traffic;
  /** Faults that happened. */
  faults: number;
  calm(): void;
}

/** A paged JSON API (`/<stream>?page=1&per_page=40`) that fails as told. */
export async function startFaultySource(): Promise<FaultySource> {
  const before = new Map<string, number>();
  const server = createServer((request, response) => {
    void answer(request.url ?? '', response);
  });
  const source: FaultySource = {
    ...(await listen(server)),
    rows: {},
    script: () => undefined,
    asked: new Traffic(),
    faults: 0,
    calm() {
      source.script = () => undefined;
      source.faults = 0;
      before.clear();
    },
  };

  async function answer(address: string, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(address, 'http://source');
    const stream = pathname.slice(1);
    const [page, size] = [Number(searchParams.get('page')), Number(searchParams.get('per_page'))];
    const asked = before.get(`${stream}/${page}`) ?? 0;
    before.set(`${stream}/${page}`, asked + 1);
    source.asked.pass();
    const items = source.rows[stream]?.slice((page - 1) * size, page * size) ?? [];
    const fault = await source.script({ stream, page, before: asked });
    if (fault) source.faults++;
    send(response, JSON.stringify({ items }), fault ?? undefined);
  }

  return source;
}

function send(response: ServerResponse, body: string, fault?: SourceFault): void {
  const json = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  if (fault === 'stall') return;
  if (fault === 'garbage') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Oops');
  if (fault === 'cut') {
    response.writeHead(200, json).write(body.slice(0, body.length / 2), () => response.socket?.destroy());
    return;
  }
  if (!fault) return void response.writeHead(200, json).end(body);
  sendStatus(response, fault);
}
