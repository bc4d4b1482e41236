import { setTimeout as delay } from 'node:timers/promises';
import { round } from '../kit/figures.ts';
import type { ServerProcess } from '../kit/server-process.ts';

interface Preflight {
  id: string;
  state: string;
  progress: { looked: number };
  counts: { people: number; composed: number; notSent: number; fallbacks: number };
  error?: { message: string };
}

export interface PreflightRound {
  seconds: number;
  /** Of the server and its children together, at most. */
  rssMb: number;
}

/** One preflight for everybody, from the request to its end. */
export async function preflightRound(server: ServerProcess, people: number): Promise<PreflightRound> {
  const { api } = server;
  const began = performance.now();
  let preflight = await api.post<Preflight>('/api/preflights', { template: 'bench' });
  let rssMb = 0;
  while (preflight.state === 'waiting' || preflight.state === 'running') {
    await delay(100);
    rssMb = Math.max(rssMb, await server.familyMb());
    preflight = await api.get<Preflight>(`/api/preflights/${preflight.id}`);
  }
  const seconds = (performance.now() - began) / 1000;
  if (preflight.state !== 'done' || preflight.counts.composed !== people)
    throw new Error(`The preflight ended otherwise: ${JSON.stringify(preflight.error ?? preflight.counts)}`);
  const { notSent, fallbacks } = preflight.counts;
  console.log(`preflight: ${round(seconds)} s; ${fallbacks} fallbacks, ${notSent} not sent; ${rssMb} MB with children`);
  return { seconds, rssMb };
}
