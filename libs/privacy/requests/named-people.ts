import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { parseIdentity, PeopleFinder, Profiles, type PersonSubject } from '#profiles';

/** Whom somebody means: whoever has an identity, or whoever's profile it is. Exactly one of these. */
export interface NamedPerson {
  identity?: string;
  profile?: string;
}

/** People whom a request is about, by what they were named by. */
@Injectable()
export class NamedPeople {
  constructor(
    private readonly profiles: Profiles,
    private readonly finder: PeopleFinder,
  ) {}

  /** What a request keeps until it is carried out. Throws `bad_request`, `invalid_identity`, `profile_not_found`. */
  async subjectOf({ identity, profile }: NamedPerson): Promise<PersonSubject> {
    if ((typeof identity === 'string') === (typeof profile === 'string'))
      throw new MillraceError('bad_request', 'Name the person by `identity` or by `profile`.');
    if (typeof profile !== 'string') return { profiles: [], identities: [parseIdentity(identity)], records: [] };
    const { id, identities } = await this.profiles.get(profile);
    return { profiles: [id], identities: identities.map(({ key }) => key), records: [] };
  }

  /** Everything by which the data of such a subject is found, as it is now. */
  find({ profiles: [profile], identities }: PersonSubject): Promise<PersonSubject> {
    if (profile !== undefined) return this.finder.findOf(profile, identities);
    const [identity = ''] = identities;
    return this.finder.find(identity);
  }
}
