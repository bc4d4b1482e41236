import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Json } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { Signer } from '#platform';
import { ActivityStore } from '../activity/index.ts';
import { consentModel, type StoredConsent } from '../consents/index.ts';
import { foldParts, originOf, traitWinners, type PriorityOf, type Traits } from '../folding/index.ts';
import { foldOrder, type StoredOrder } from '../orders/index.ts';
import { orderView } from '../people/index.ts';
import { productModel, type StoredProduct } from '../products/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { nativeCollection, ProfileStore, type Collection, type Filter, type StoredProfile } from '../store/index.ts';
import { SensitiveTraits, TraitSeal } from '../traits/index.ts';
import { productsNamedBy } from './product-mentions.ts';
import type {
  ScannedConsent,
  ScannedEvent,
  ScannedOrder,
  ScannedProduct,
  ScannedProfile,
  ScanPage,
} from './scanned.ts';

/** Looks at everything in pages by `_id`, for those who judge the whole store: flat in memory, resumable at any page. */
@Injectable()
export class StoreScan {
  private readonly consentDocuments: Collection<StoredConsent>;
  private readonly productDocuments: Collection<StoredProduct>;

  constructor(
    private readonly store: ProfileStore,
    private readonly sensitive: SensitiveTraits,
    private readonly seal: TraitSeal,
    private readonly settings: ProfileSettings,
    private readonly activity: ActivityStore,
    private readonly signer: Signer,
    @InjectModel(consentModel) consents: Model<StoredConsent>,
    @InjectModel(productModel) products: Model<StoredProduct>,
  ) {
    this.consentDocuments = nativeCollection<StoredConsent>(consents);
    this.productDocuments = nativeCollection<StoredProduct>(products);
  }

  /** About how many profiles there are. */
  count(): Promise<number> {
    return this.store.profiles.estimatedDocumentCount();
  }

  async profiles(after: string | undefined, limit: number): Promise<ScanPage<ScannedProfile>> {
    const [open, isSensitive] = await Promise.all([this.sensitive.opener(), this.sensitive.judge()]);
    const isAstray = (name: string, value: Json): boolean => this.seal.isAstray(value, isSensitive(name));
    const { priorityOf } = await this.settings.rules();
    const page = await pageOf(this.store.profiles, after, limit);
    const here = page.items.filter(({ ids, mergedInto }) => ids.length > 0 && !mergedInto);
    return { ...page, items: here.map((profile) => scannedProfile(profile, priorityOf, open, isAstray)) };
  }

  async orders(after: string | undefined, limit: number): Promise<ScanPage<ScannedOrder>> {
    const page = await pageOf(this.activity.orders, after, limit);
    const orders = page.items.filter((order) => !foldOrder(order).deleted).map(scannedOrder);
    const named = orders.map(({ lines }) => lines.flatMap(({ product }) => product ?? []));
    const unknown = await this.unknownOf(named);
    return { ...page, items: orders.map((order, index) => ({ ...order, ...listed(unknown[index]) })) };
  }

  async events(after: string | undefined, limit: number, now = Date.now()): Promise<ScanPage<ScannedEvent>> {
    const page = await pageOf(this.activity.events, after, limit);
    const [unknown, known] = await Promise.all([
      this.unknownOf(page.items.map(({ properties }) => productsNamedBy(properties))),
      this.store.known([...new Set(page.items.map(({ p }) => p))]),
    ]);
    const items = page.items.map(({ _id: id, p: profile, name, at, properties, k }, index) => ({
      ...{ id, name, at: at.toISOString(), ahead: at.getTime() > now + 3_600_000, profile },
      ...{ profileKnown: known.has(profile), properties, origin: originOf(k), ...listed(unknown[index]) },
    }));
    return { ...page, items };
  }

  async products(after: string | undefined, limit: number): Promise<ScanPage<ScannedProduct>> {
    const page = await pageOf(this.productDocuments, after, limit);
    return { ...page, items: page.items.filter(({ d }) => !d).map(scannedProduct) };
  }

  /** Of each list the products that are not in the catalogue: two reads a page. Without a catalogue nothing is unknown. */
  private async unknownOf(named: readonly string[][]): Promise<string[][]> {
    const ids = [...new Set(named.flat())];
    if (ids.length === 0 || !(await this.productDocuments.findOne({}, { projection: { _id: 1 } }))) return [];
    const found = this.productDocuments.find({ id: { $in: ids }, d: { $exists: false } }, { projection: { id: 1 } });
    const known = new Set((await found.toArray()).map(({ id }) => id));
    return named.map((list) => list.filter((id) => !known.has(id)));
  }

  async consents(after: string | undefined, limit: number): Promise<ScanPage<ScannedConsent>> {
    const page = await pageOf(this.consentDocuments, after, limit);
    return { ...page, items: page.items.map((consent) => scannedConsent(consent, this.signer)) };
  }
}

async function pageOf<T extends { _id: string }>(
  collection: Collection<T>,
  after: string | undefined,
  limit: number,
): Promise<ScanPage<T>> {
  const filter = (after === undefined ? {} : { _id: { $gt: after } }) as Filter<T>;
  const items = (await collection.find(filter, { sort: { _id: 1 }, limit }).toArray()) as T[];
  const last = items.at(-1);
  return { items, ...(last && items.length === limit && { next: last._id }) };
}

function scannedProfile(
  { _id: id, ids: identities, parts, createdAt, updatedAt }: StoredProfile,
  priorityOf: PriorityOf,
  open: (traits: Traits) => Traits,
  isAstray: (name: string, value: Json) => boolean,
): ScannedProfile {
  const living = parts.filter(({ d }) => !d);
  const index = new Map(living.map((part, place) => [part, place]));
  const from: Record<string, number> = {};
  for (const [name, part] of traitWinners(living, priorityOf)) from[name] = index.get(part) ?? 0;
  return {
    id,
    identities,
    traits: open(foldParts(living, priorityOf).traits),
    from,
    parts: living.map(({ k, a, t }) => ({
      origin: originOf(k),
      at: a,
      traits: open(t),
      astray: Object.entries(t).flatMap(([name, value]) => (isAstray(name, value) ? [name] : [])),
    })),
    createdAt,
    updatedAt,
  };
}

function scannedOrder(order: StoredOrder): ScannedOrder {
  const newest = [...order.heads].sort((x, y) => y.a - x.a)[0];
  return {
    ...orderView(order),
    key: order._id,
    ...(order.p !== undefined && { profile: order.p }),
    stream: newest ? originOf(newest.k).stream : '',
  };
}

function listed(unknown: string[] = []): { unknownProducts?: string[] } {
  return unknown.length === 0 ? {} : { unknownProducts: unknown };
}

function scannedProduct({ _id: key, name, price, url, image, properties, updatedAt }: StoredProduct): ScannedProduct {
  const [connection = '', ...rest] = key.split(':');
  const told = Object.entries({ name, price, url, image }).filter(([, value]) => value !== undefined);
  return {
    key,
    connection,
    id: rest.join(':'),
    ...Object.fromEntries(told),
    properties,
    updatedAt: updatedAt.toISOString(),
  };
}

/** Named by a keyed hash: a plain one of an address could be tested by whoever has a list of them. */
function scannedConsent(
  { _id, channel, purpose, state, at, evidence, k }: StoredConsent,
  signer: Signer,
): ScannedConsent {
  return {
    key: signer.hmac('scanned consent', _id).slice(0, 22),
    channel,
    purpose,
    state,
    ...(at && { at: at.toISOString() }),
    hasEvidence: evidence !== undefined && evidence !== null && evidence !== '',
    origin: originOf(k),
  };
}
