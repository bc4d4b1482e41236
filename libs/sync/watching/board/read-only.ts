import type { NextFunction, Request, Response } from 'express';

/** The board is for looking: whatever would change something is refused before the board hears of it. */
export function readOnly({ method }: Request, response: Response, next: NextFunction): void {
  if (method === 'GET' || method === 'HEAD') return next();
  response
    .status(405)
    .set('allow', 'GET, HEAD')
    .type('text/plain')
    .send('The board is read-only. Steer runs by the API.');
}
