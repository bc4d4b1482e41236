import { Injectable } from '@nestjs/common';
import { Permissions, type Person, type Somebody } from '#profiles';

/** The kind of identity that a channel needs to reach somebody; of other channels nobody knows. */
const addresses: Record<string, string | undefined> = { email: 'email', sms: 'phone' };

/** Of somebody, what tells whether they would be sent a mail. */
export interface Addressee extends Somebody {
  isReachable: boolean;
}

export function addresseeOf({ profile: { id, identities } }: Person, channel: string): Addressee {
  const address = addresses[channel];
  const isReachable = address === undefined || identities.some(({ kind }) => kind === address);
  return { id, identities: identities.map(({ key }) => key), isReachable };
}

/** Tells who would not be sent a mail, and why. */
@Injectable()
export class NotSent {
  constructor(private readonly permissions: Permissions) {}

  /** Reasons by id of the profile: of the permission (`no_consent`, `denied`, `restricted`, `erased`), or `no_address`. */
  async reasons(people: readonly Addressee[], channel: string, purpose: string): Promise<Map<string, string>> {
    const permissions = await this.permissions.mayContactAll(people, channel, purpose);
    const reasons = new Map<string, string>();
    for (const { id, isReachable } of people) {
      const permission = permissions.get(id);
      if (permission && !permission.allowed) reasons.set(id, permission.reason);
      else if (!isReachable) reasons.set(id, 'no_address');
    }
    return reasons;
  }
}
