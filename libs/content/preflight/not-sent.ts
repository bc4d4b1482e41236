import { Injectable } from '@nestjs/common';
import { Permissions, type Person } from '#profiles';

/** The kind of identity that a channel needs to reach somebody; of other channels nobody knows. */
const addresses: Record<string, string | undefined> = { email: 'email', sms: 'phone' };

/** Tells who would not be sent a mail, and why. */
@Injectable()
export class NotSent {
  constructor(private readonly permissions: Permissions) {}

  /** Reasons by id of the profile: of the permission (`no_consent`, `denied`, `restricted`, `erased`), or `no_address`. */
  async reasons(people: readonly Person[], channel: string, purpose: string): Promise<Map<string, string>> {
    const address = addresses[channel];
    // Nothing of the people is held while the permissions are read.
    const somebody = people.map(({ profile: { id, identities } }) => ({
      id,
      identities: identities.map(({ key }) => key),
      isReachable: address === undefined || identities.some(({ kind }) => kind === address),
    }));
    const permissions = await this.permissions.mayContactAll(somebody, channel, purpose);
    const reasons = new Map<string, string>();
    for (const { id, isReachable } of somebody) {
      const permission = permissions.get(id);
      if (permission && !permission.allowed) reasons.set(id, permission.reason);
      else if (!isReachable) reasons.set(id, 'no_address');
    }
    return reasons;
  }
}
