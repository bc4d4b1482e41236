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
    const somebody = people.map(({ profile }) => ({
      id: profile.id,
      identities: profile.identities.map(({ key }) => key),
    }));
    const permissions = await this.permissions.mayContactAll(somebody, channel, purpose);
    const address = addresses[channel];
    const reasons = new Map<string, string>();
    for (const { profile } of people) {
      const permission = permissions.get(profile.id);
      const isReachable = address === undefined || profile.identities.some(({ kind }) => kind === address);
      if (permission && !permission.allowed) reasons.set(profile.id, permission.reason);
      else if (!isReachable) reasons.set(profile.id, 'no_address');
    }
    return reasons;
  }
}
