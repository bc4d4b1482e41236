import { randomBytes } from 'node:crypto';
import { hashText } from '../../ids/index.ts';
import type { SpanPlace } from './span.ts';

/** The root of the trace about something with that id: processes that work on the same thing share its trace without telling each other. */
export function rootPlace(id: string): SpanPlace {
  const hash = hashText(`trace:${id}`);
  return { trace: hash.slice(0, 32), span: hash.slice(32, 48) };
}

/** A new span in the trace of its parent, or in one of its own. */
export function newPlace(parent?: SpanPlace): SpanPlace {
  const span = randomBytes(8).toString('hex');
  return parent ? { ...parent, span } : { trace: randomBytes(16).toString('hex'), span };
}
