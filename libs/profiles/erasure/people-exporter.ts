import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Json } from '@millrace/sdk';
import type { Connection, Model } from 'mongoose';
import { inPages } from '#platform';
import { ActivityStore } from '../activity/index.ts';
import { consentChoiceModel, consentModel, type ConsentChoice, type StoredConsent } from '../consents/index.ts';
import { Definitions } from '../definitions/index.ts';
import type { Part } from '../folding/index.ts';
import { choiceView, consentStateView } from '../choices/index.ts';
import { eventView, orderView, profileView, recordView } from '../people/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { nativeCollection, ProfileStore, type Collection } from '../store/index.ts';
import { SensitiveTraits } from '../traits/index.ts';
import { disowned } from './activity-eraser.ts';
import { personDiaries } from './person-diaries.ts';
import type { PersonSubject } from './person-subject.ts';

/** A page of what is kept about a person. */
export interface ExportedItems {
  section: string;
  items: Json[];
}

const atATime = 500;
/** Also what is decoded at once: by itself a cursor fetches 16 MB, which nobody else has a turn in. */
const inBatches = { batchSize: atATime };

/** Everything that the profile store keeps about a person, a page at a time. */
@Injectable()
export class PeopleExporter {
  private readonly consents: Collection<StoredConsent>;
  private readonly choices: Collection<ConsentChoice>;

  constructor(
    private readonly store: ProfileStore,
    private readonly settings: ProfileSettings,
    private readonly sensitive: SensitiveTraits,
    private readonly definitions: Definitions,
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(consentModel) consents: Model<StoredConsent>,
    @InjectModel(consentChoiceModel) choices: Model<ConsentChoice>,
    private readonly activity: ActivityStore,
  ) {
    this.consents = nativeCollection<StoredConsent>(consents);
    this.choices = nativeCollection<ConsentChoice>(choices);
  }

  async *export({ profiles, identities }: PersonSubject): AsyncGenerator<ExportedItems> {
    const stored = [...(await this.store.byIds(profiles)).values()].filter(({ ids }) => ids.length > 0);
    const { priorityOf } = await this.settings.rules();
    const derivation = await this.definitions.current();
    const open = await this.sensitive.opener();
    const opened = (part: Part): Part => ({ ...part, t: open(part.t) });
    const shown = stored.map((profile) => ({ ...profile, parts: profile.parts.map(opened) }));
    yield {
      section: 'profile',
      items: shown.map((profile) => plain(profileView(profile, { priorityOf, derivation }))),
    };
    const parts = shown.flatMap((profile) => profile.parts);
    yield {
      section: 'records',
      items: parts.map((part) => plain(recordView(part))),
    };
    const mine = { identity: { $in: identities } };
    yield* pages('consents', this.consents.find(mine, { sort: { _id: 1 }, ...inBatches }), consentStateView);
    yield* pages('choices', this.choices.find(mine, { sort: { recordedAt: -1 }, ...inBatches }), choiceView);
    const theirs = { p: { $in: profiles } };
    yield* pages('orders', this.activity.orders.find(theirs, { sort: { at: -1 }, ...inBatches }), orderView);
    yield* pages('orders', this.activity.orders.find(disowned(identities), inBatches), orderView);
    yield* pages('events', this.activity.events.find(theirs, { sort: { at: -1 }, ...inBatches }), eventView);
    for (const { collection, by, exported } of personDiaries) {
      if (exported === undefined) continue;
      const told = this.connection.collection(collection).find({ [by]: { $in: profiles } }, inBatches);
      yield* pages(exported.section, told, (document) => exported.view(document as never, open));
    }
  }
}

async function* pages<T>(
  section: string,
  found: AsyncIterable<T>,
  view: (document: T) => object,
): AsyncGenerator<ExportedItems> {
  for await (const page of inPages(found, atATime))
    yield { section, items: page.map((document) => plain(view(document))) };
}

function plain(view: object): Json {
  return JSON.parse(JSON.stringify(view)) as Json;
}
