import type { Outgoing, Route } from './messages.ts';

/** Below Millrace's 500 KB and 1,000 events a request. */
const mostBytes = 480_000;
const mostEvents = 1_000;

/** Something to be sent, with the place of the arrival that it came in. */
export interface Part {
  arrival: number;
  outgoing: Outgoing;
}

export interface Request {
  route: Route;
  parts: Part[];
}

/** Parts as few requests, in their order: a request ends where the route changes or a limit is reached. */
export function requestsOf(parts: Part[]): Request[] {
  const requests: Request[] = [];
  let bytes = 0;
  for (const part of parts) {
    const last = requests.at(-1);
    bytes += part.outgoing.bytes + 1;
    if (last && last.route === part.outgoing.route && bytes <= mostBytes && last.parts.length < mostEvents) {
      last.parts.push(part);
      continue;
    }
    requests.push({ route: part.outgoing.route, parts: [part] });
    bytes = part.outgoing.bytes + 1;
  }
  return requests;
}

export function bodyOf({ route, parts }: Request): string {
  const list = parts.map(({ outgoing }) => outgoing.json).join(',');
  return route === '/v1/batch' ? `{"batch":[${list}]}` : `{"events":[${list}]}`;
}
