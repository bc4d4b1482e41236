import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { KeysService, type KeyHolder } from '#access';
import { PushedEvents, type SendingSource } from '#collect';
import { hashKey, Settings } from '#platform';

/** Who is at the other end. */
export type Client = { name: string } & ({ as: 'source'; source: SendingSource } | { as: 'key'; holder: KeyHolder });

const writeKey = /^wk_/;

/** Whose key a client has shown; asked again while the connection is open. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly keys: KeysService,
    private readonly pushed: PushedEvents,
    private readonly settings: Settings,
  ) {}

  /** The key in the header of the request that opened the connection. Never in the URL: those end up in logs. */
  keyIn({ headers: { authorization } }: IncomingMessage): string | undefined {
    const [, scheme = '', value = ''] = /^(\w+) +(\S{1,500})$/.exec(authorization ?? '') ?? [];
    if (scheme.toLowerCase() === 'bearer') return value;
    if (scheme.toLowerCase() !== 'basic') return undefined;
    return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] || undefined;
  }

  /** Throws `unauthenticated`, `forbidden`. */
  async clientOf(key: string, origin: string | undefined): Promise<Client> {
    const name = hashKey(key);
    if (writeKey.test(key)) {
      this.#requireProcess('collector', 'takes no events');
      return { name, as: 'source', source: await this.pushed.sourceOf(key, origin) };
    }
    this.#requireProcess('api', 'only collects events');
    const holder = await this.keys.verify(key);
    if (!holder) throw new MillraceError('unauthenticated', 'The key is wrong, expired or revoked.');
    if (origin !== undefined && origin !== new URL(this.settings.publicUrl).origin)
      throw new MillraceError(
        'forbidden',
        'Pages of other origins may not use an API key. Open the connection from a server.',
      );
    return { name, as: 'key', holder };
  }

  #requireProcess(process: 'api' | 'collector', what: string): void {
    if (!this.settings.processes.includes(process))
      throw new MillraceError('forbidden', `This process ${what}: connect to another one.`);
  }
}
