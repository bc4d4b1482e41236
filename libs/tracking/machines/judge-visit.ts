import type { IncomingHttpHeaders } from 'node:http';
import { isbot } from 'isbot';
import { agentSigns, prefetchHeaders, proxySigns, tooSoon, type MachineReason } from './signs.ts';

/** A request for a pixel or a link. */
export interface Visit {
  method: string;
  headers: IncomingHttpHeaders;
  /** Milliseconds since the pixel or link was made. */
  age: number;
}

export interface Judgement {
  /** Nobody seems to have opened the mail; `reason` says by which sign. */
  machine: boolean;
  reason?: MachineReason;
  /** The mailbox provider whose server asked for somebody. */
  proxy?: string;
}

/** Whether a person or a program asks. A guess: programs may call themselves anything. */
export function judgeVisit({ method, headers, age }: Visit): Judgement {
  const agent = headers['user-agent']?.trim() ?? '';
  const proxy = proxySigns.find((sign) => sign.agent.test(agent))?.proxy;
  const reason = reasonOf({ method, headers, age }, agent, proxy !== undefined);
  return { machine: reason !== undefined, ...(reason && { reason }), ...(proxy !== undefined && { proxy }) };
}

function reasonOf({ method, headers, age }: Visit, agent: string, isProxy: boolean): MachineReason | undefined {
  const known = agentSigns.find((sign) => sign.agent.test(agent))?.reason;
  if (known) return known;
  if (agent === '') return 'no_user_agent';
  if (!isProxy && isbot(agent)) return 'bot';
  if (prefetchHeaders.some(({ name, value }) => value.test(String(headers[name] ?? '')))) return 'prefetch';
  if (method === 'HEAD') return 'head_request';
  if (age < tooSoon) return 'too_soon';
  return undefined;
}
