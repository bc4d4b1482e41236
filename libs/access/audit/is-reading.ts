import type { Request } from 'express';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isReading({ method }: Pick<Request, 'method'>): boolean {
  return reading.has(method);
}
