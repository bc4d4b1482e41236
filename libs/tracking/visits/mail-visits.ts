import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Collector } from '#collect';
import { Permissions, Profiles, type ProfileView } from '#profiles';
import { judgeVisit } from '../machines/index.ts';
import { mailSource, trackingPermission } from '../names.ts';
import { TrackingSettings } from '../settings/index.ts';
import type { TrackingToken } from '../tokens/index.ts';
import { eventMessage } from './event-message.ts';
import { identityForEvents } from './identity-for-events.ts';
import type { Visitor } from './visitor.ts';

/** What became of a visit: nothing is kept of people who are gone, and of those who do not want it. */
export type VisitOutcome = 'kept' | 'nobody' | 'denied';

/** Takes opens and clicks into the inbox. */
@Injectable()
export class MailVisits {
  constructor(
    private readonly profiles: Profiles,
    private readonly permissions: Permissions,
    private readonly settings: TrackingSettings,
    private readonly collector: Collector,
  ) {}

  /** Resolves once it is durable. Throws as the inbox does. */
  async keep(token: TrackingToken, visitor: Visitor): Promise<VisitOutcome> {
    const receivedAt = new Date();
    const person = await this.person(token.mail.person);
    const identity = person && identityForEvents(person.identities);
    if (!identity) return 'nobody';
    const { channel, purpose } = trackingPermission;
    const somebody = { id: person.id, identities: person.identities.map(({ key }) => key) };
    const { allowed } = await this.permissions.mayContact(somebody, channel, purpose);
    if (!allowed) return 'denied';
    const judgement = judgeVisit({ ...visitor, age: receivedAt.getTime() - token.madeAt });
    const { keepVisitors } = await this.settings.get();
    const message = eventMessage({ token, judgement, identity, receivedAt, ...(keepVisitors && { visitor }) });
    const { rejected } = await this.collector.collect(mailSource, [message], { receivedAt, read: () => message });
    const [fault] = rejected;
    if (fault) throw new MillraceError(fault.code, fault.message);
    return 'kept';
  }

  /** As merges have it by now; nobody where the profile was erased. */
  private async person(id: string): Promise<ProfileView | undefined> {
    try {
      return await this.profiles.get(id);
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'profile_not_found') return undefined;
      throw error;
    }
  }
}
