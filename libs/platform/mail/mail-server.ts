import { MillraceError } from '@millrace/sdk';

export interface MailServer {
  host: string;
  port: number;
  /** TLS from the start; else STARTTLS where the server offers it. */
  secure: boolean;
  /** STARTTLS or nothing: a password does not travel in clear but to this machine itself. */
  requireTLS: boolean;
  auth?: { user: string; pass: string };
}

/** Reads `smtp://user:password@host:587` and `smtps://…` (port 465). Throws `invalid_config`. */
export function parseMailServer(text: string): MailServer {
  if (!URL.canParse(text) || !/^smtps?:$/.test(new URL(text).protocol)) {
    throw new MillraceError(
      'invalid_config',
      'The mail server must look like smtps://user:password@mail.example.com:465.',
    );
  }
  const { protocol, hostname, port, username, password } = new URL(text);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const auth = username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  const isHere = ['localhost', '127.0.0.1', '::1'].includes(host);
  return {
    host,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && auth !== undefined && !isHere,
    auth,
  };
}
