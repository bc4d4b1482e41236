import { Injectable } from '@nestjs/common';
import { Connections } from '#connections';
import { changeKeyStart, consentRecordId, PeopleEraser, type PersonSubject } from '#profiles';
import type { ReadKeys } from '#sync';

const atATime = 500;

/**
 * Under which keys syncs know a person that read what is made of the profile store, and of no source's record: profile, audiences and their changes, consents,
 * mails, or a key that an operator chose.
 */
@Injectable()
export class ProfileKeys {
  constructor(
    private readonly people: PeopleEraser,
    private readonly connections: Connections,
  ) {}

  async of({ profiles, identities }: PersonSubject): Promise<ReadKeys> {
    const consents = await this.people.consentsOf(identities);
    const values = identities.map((identity) => identity.slice(identity.indexOf(':') + 1));
    return {
      connections: ['profiles', ...(await this.mails())],
      keys: [...profiles, ...consents.map(consentRecordId), ...values],
      starts: profiles.map(changeKeyStart),
    };
  }

  /** Connections of composed mails. */
  private async mails(): Promise<string[]> {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const { data, next } = await this.connections.list({ connector: 'mails', after, limit: atATime });
      found.push(...data.map(({ id }) => id));
      after = next ?? undefined;
    } while (after !== undefined);
    return found;
  }
}
