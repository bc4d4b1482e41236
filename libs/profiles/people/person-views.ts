import { Injectable } from '@nestjs/common';
import { Definitions } from '../definitions/index.ts';
import type { Traits } from '../folding/index.ts';
import { ProductReader } from '../products/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import type { StoredProfile } from '../store/index.ts';
import { SensitiveTraits } from '../traits/index.ts';
import { PeopleReader } from './people-reader.ts';
import { withProductDetails, withProductDetailsOfAll } from './product-details.ts';
import { ProfileFinder } from './profile-finder.ts';
import type { Sight } from './sight.ts';
import { consentView, eventView, orderView, profileView, type Person, type ProfileView } from './views.ts';

export interface PeopleParts {
  orders: boolean;
  events: boolean;
  consents: boolean;
  /** Where each trait came from. */
  origins: boolean;
}

/** Beside the profile. */
export type WantedParts = Omit<PeopleParts, 'origins'>;

const newestOrders = 20;
const newestEvents = 50;
export const allParts: PeopleParts = { orders: true, events: true, consents: true, origins: true };

/** Stored profiles as they are seen: folded, sensitive traits masked or opened, with what belongs to the person. */
@Injectable()
export class PersonViews {
  constructor(
    private readonly finder: ProfileFinder,
    private readonly reader: PeopleReader,
    private readonly products: ProductReader,
    private readonly sensitive: SensitiveTraits,
    private readonly settings: ProfileSettings,
    private readonly definitions: Definitions,
  ) {}

  /** With everything that a template may show, by a few reads for all of them. */
  async all(profiles: readonly StoredProfile[], sight: Sight, parts: PeopleParts = allParts): Promise<Person[]> {
    if (profiles.length === 0) return [];
    const ids = profiles.map(allIds);
    const [view, orders, events, consents] = await Promise.all([
      this.viewer(sight, parts.origins),
      parts.orders ? this.reader.ordersOfAll(ids, newestOrders) : [],
      parts.events ? this.reader.eventsOfAll(ids, newestEvents) : [],
      parts.consents ? this.reader.consentsOfAll(profiles.map((profile) => profile.ids)) : [],
    ]);
    const detailed = await withProductDetailsOfAll(
      orders.map((own) => own.map(orderView)),
      this.products,
    );
    return profiles.map((profile, index) => ({
      profile: view(profile),
      orders: detailed[index] ?? [],
      events: events[index]?.map(eventView) ?? [],
      consents: consents[index]?.map(consentView) ?? [],
    }));
  }

  /** Likewise one of them; with `asOf` as it was at that moment, or as it is now where the person was not known yet. */
  async one(now: StoredProfile, asOf: Date | undefined, sight: Sight, parts: WantedParts): Promise<Person> {
    const profile = (asOf && (await this.finder.at(now._id, asOf))) ?? now;
    const ids = allIds(profile);
    const [orders, events, consents] = await Promise.all([
      parts.orders ? this.reader.orders(ids, { limit: newestOrders, until: asOf }) : [],
      parts.events ? this.reader.events(ids, { limit: newestEvents, until: asOf }) : [],
      parts.consents ? this.reader.consents(profile.ids) : [],
    ]);
    const known = consents.filter(({ at, updatedAt }) => asOf === undefined || (at ?? updatedAt) <= asOf);
    return {
      profile: await this.profile(profile, sight),
      orders: await withProductDetails(orders.map(orderView), this.products),
      events: events.map(eventView),
      consents: known.map(consentView),
    };
  }

  /** The profile alone. */
  async profile(profile: StoredProfile, sight: Sight): Promise<ProfileView> {
    return (await this.viewer(sight))(profile);
  }

  /** How profiles are seen, for a page of them. */
  async viewer(sight: Sight, origins = true): Promise<(profile: StoredProfile) => ProfileView> {
    const [{ priorityOf }, derivation] = await Promise.all([this.settings.rules(), this.definitions.current()]);
    const seen = (profile: StoredProfile): ProfileView => profileView(profile, { priorityOf, derivation, origins });
    const open = sight === 'unmasked' ? await this.sensitive.opener() : undefined;
    const hide = open ? (traits: Traits) => ({ traits: open(traits) }) : await this.sensitive.masker();
    return (profile) => {
      const view = seen(profile);
      return Object.assign(view, hide(view.traits));
    };
  }
}

/** Its own, and those of profiles that were merged into it. */
export function allIds({ _id, absorbed = [] }: StoredProfile): string[] {
  return [_id, ...absorbed];
}
