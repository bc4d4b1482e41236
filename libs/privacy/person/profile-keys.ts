import { Injectable } from '@nestjs/common';
import { consentRecordId, PeopleEraser, type PersonSubject } from '#profiles';

/** The connection that is the profile store. */
export const profileStore = 'profiles';

/** Under which keys syncs that read the profile store know a person: profile, audiences, consents, or a key that an operator chose. */
@Injectable()
export class ProfileKeys {
  constructor(private readonly people: PeopleEraser) {}

  async of({ profiles, identities }: PersonSubject): Promise<string[]> {
    const consents = await this.people.consentsOf(identities);
    const values = identities.map((identity) => identity.slice(identity.indexOf(':') + 1));
    return [...profiles, ...consents.map(consentRecordId), ...values];
  }
}
