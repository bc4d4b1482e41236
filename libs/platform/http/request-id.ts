import type { NextFunction, Request, Response } from 'express';
import { newId } from '../ids/index.ts';

const header = 'x-request-id';
const ids = new WeakMap<object, string>();

/** Gives each request an id, the caller's own if it sends a harmless one, and returns it as `x-request-id`. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  response.setHeader(header, requestIdOf(request));
  next();
}

export function requestIdOf(request: Request): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers[header];
  const id = typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : newId('req');
  ids.set(request, id);
  return id;
}
