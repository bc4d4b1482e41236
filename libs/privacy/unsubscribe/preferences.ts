import { Injectable } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
import { hashText, Signer } from '#platform';
import { Choices, Permissions, Purposes, type ConsentState, type Permission, type Purpose } from '#profiles';
import { UnsubscribeLinks, type LinkSubject } from './unsubscribe-links.ts';

/** A purpose as the page offers it. */
export interface OfferedPurpose extends Pick<Purpose, 'name' | 'title' | 'description' | 'titles'> {
  allowed: boolean;
}

export interface PreferenceState {
  subject: LinkSubject;
  /** What the link unsubscribes from; absent where that needs no permission, so that there is nothing to refuse. */
  own?: OfferedPurpose;
  /** All that can be refused, the link's own purpose first. */
  purposes: OfferedPurpose[];
}

/** What came of an action. */
export interface ActedState extends PreferenceState {
  /** Wanted, and still not allowed: whoever was erased or is restricted must not be written to, whatever they choose here. */
  withheld: OfferedPurpose[];
}

/** What a page showed that was opened a while ago: names of purposes, and which of them were chosen then. */
export interface ShownPurposes {
  offered: Set<string>;
  chosen: Set<string>;
}

/** What somebody did with a link. */
export type LinkAction =
  | { do: 'one-click' }
  | { do: 'unsubscribe' }
  | { do: 'unsubscribe from all' }
  | { do: 'choose'; wanted: Set<string>; shown?: ShownPurposes };

export interface Visit {
  token: string;
  userAgent: string;
  /** Version and language of the page that was shown. */
  wording: string;
}

const everyPurpose = 'all';

/** What the holder of a link sees and chooses. It concerns the link's identity alone, and tells nothing about other ones of the person. */
@Injectable()
export class Preferences {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly purposes: Purposes,
    private readonly permissions: Permissions,
    private readonly choices: Choices,
    private readonly signer: Signer,
  ) {}

  /** Changes nothing. Throws `unauthenticated`, `link_expired`. */
  async show(token: string): Promise<PreferenceState> {
    const subject = this.links.read(token);
    const [known, permissions] = await Promise.all([this.purposes.all(), this.permissionsOf(subject)]);
    const named = new Map(known.map((purpose) => [purpose.name, purpose]));
    const declared = named.get(subject.purpose);
    const linked = declared ?? { name: subject.purpose, title: subject.purpose, basis: 'consent' as const };
    const others = known.filter(({ name }) => name !== subject.purpose);
    const purposes = [linked, ...others]
      .filter(({ basis }) => basis !== 'none')
      .map((purpose) => offered(purpose, permissions.get(purpose.name)?.allowed ?? false));
    const own = purposes.find(({ name }) => name === subject.purpose);
    return { subject, ...(own && { own }), purposes };
  }

  /** Throws `unauthenticated`, `link_expired`. */
  async act(visit: Visit, action: LinkAction): Promise<ActedState> {
    const { subject, purposes } = await this.show(visit.token);
    const choices = choicesOf(action, subject, purposes);
    for (const [purpose, state] of choices) await this.record(subject, purpose, state, visit, action.do);
    const after = await this.show(visit.token);
    const wanted = new Set(choices.flatMap(([purpose, state]) => (state === 'granted' ? [purpose] : [])));
    return { ...after, withheld: after.purposes.filter(({ name, allowed }) => wanted.has(name) && !allowed) };
  }

  private async record(
    { identity, channel }: LinkSubject,
    purpose: string,
    state: ConsentState,
    { token, userAgent, wording }: Visit,
    action: LinkAction['do'],
  ): Promise<void> {
    const oneClick = action === 'one-click';
    const evidence: Json = {
      action,
      link: hashText(token).slice(0, 32),
      at: new Date().toISOString(),
      userAgent: this.signer.hmac('user agent', userAgent).slice(0, 32),
    };
    const source = oneClick ? 'one-click unsubscribe' : 'preference page';
    const said = { channel, purpose, state, source, evidence, ...(!oneClick && { wording }) };
    try {
      await this.choices.recordFor(identity, said, { stream: 'preferences' });
    } catch (error) {
      // Nobody writes to somebody who was erased, and of what they say only a refusal is kept: the page says what it then says of the restricted, too.
      if (error instanceof MillraceError && error.code === 'person_erased') return;
      throw error;
    }
  }

  private async permissionsOf({ identity, channel, purpose }: LinkSubject): Promise<Map<string, Permission>> {
    const holder = { id: identity, identities: await this.choices.readingsOf(identity) };
    const [{ permissions }, own] = await Promise.all([
      this.permissions.allOf(holder),
      this.permissions.mayContact(holder, channel, purpose),
    ]);
    const here = permissions.filter((permission) => permission.channel === channel);
    return new Map([...here, own].map((permission) => [permission.purpose, permission]));
  }
}

function offered(
  { name, title, description, titles }: Omit<OfferedPurpose, 'allowed'>,
  allowed: boolean,
): OfferedPurpose {
  return { name, title, description, titles, allowed };
}

/**
 * Only what changes: a purpose that was left as it is stays as it was told. So does one that the page did not show, as it was made since, and one that was
 * changed elsewhere meanwhile.
 */
function choicesOf(
  action: LinkAction,
  { purpose }: LinkSubject,
  purposes: readonly OfferedPurpose[],
): [string, ConsentState][] {
  switch (action.do) {
    case 'one-click':
    case 'unsubscribe':
      return [[purpose, 'denied']];
    case 'unsubscribe from all':
      return [[everyPurpose, 'denied']];
    case 'choose':
      return purposes.flatMap(({ name, allowed }): [string, ConsentState][] => {
        const wanted = action.wanted.has(name);
        const wasLeft = action.shown && (!action.shown.offered.has(name) || action.shown.chosen.has(name) === wanted);
        return wasLeft || wanted === allowed ? [] : [[name, wanted ? 'granted' : 'denied']];
      });
  }
}
