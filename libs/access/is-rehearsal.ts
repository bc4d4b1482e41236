import type { Request } from 'express';

/** Whether a request only asks what it would do: nothing is done then. Where a route takes no such question, `RehearsalGuard` refuses it. */
export function isRehearsal({ query }: Pick<Request, 'query'>): boolean {
  return query.rehearse === 'true' || query.rehearse === '';
}
