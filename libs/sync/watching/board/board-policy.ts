import type { NextFunction, Request, Response } from 'express';

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'", // the board's own start page has a style element
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The board's pages need no more than this; the fonts that they would fetch elsewhere are not let in. */
export function boardPolicy(_request: Request, response: Response, next: NextFunction): void {
  response.set({ 'content-security-policy': policy, 'cache-control': 'no-store' });
  next();
}
