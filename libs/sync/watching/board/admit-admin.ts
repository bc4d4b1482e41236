import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { includesRole, type KeysService } from '#access';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { Log } from '#platform';

/** Lets admins through: browsers send the key as the password of HTTP's basic authentication, programs as a bearer. */
export function admitAdmin(keys: Pick<KeysService, 'verify'>, log: Log): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    statusFor(request, keys).then(
      (status) => (status === 200 ? next() : refuse(response, status)),
      (error: unknown) => {
        log.error({ error: messageOf(error) }, 'a key could not be verified');
        refuse(response, error instanceof MillraceError ? 503 : 500);
      },
    );
  };
}

async function statusFor({ headers }: Request, keys: Pick<KeysService, 'verify'>): Promise<200 | 401 | 403> {
  const text = keyIn(headers.authorization);
  const holder = text === undefined ? undefined : await keys.verify(text);
  if (!holder) return 401;
  return includesRole(holder.role, 'admin') ? 200 : 403;
}

const texts: Record<number, string> = {
  401: 'Sign in with any name and an admin’s API key as the password.',
  403: 'This needs the role admin. Use another key, or ask an admin for one.',
};

function refuse(response: Response, status: number): void {
  if (status === 401)
    response.set('www-authenticate', 'Basic realm="Millrace: the key is the password", charset="UTF-8"');
  response
    .status(status)
    .type('text/plain')
    .send(texts[status] ?? 'Something failed on our side. Try again in a moment.');
}

function keyIn(header = ''): string | undefined {
  const [, scheme = '', value = ''] = /^(basic|bearer) +(\S+)$/i.exec(header) ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme === '') return undefined;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1);
}
