import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { identityMark } from '#collect';
import { inPages } from '#platform';
import { DeliveryStore, packedIn, type PackedDelivery, type StoredDelivery } from './store/index.ts';

/** Of one page: a delivery may have megabytes. */
const most = { deliveries: 100, bytes: 4_000_000 };
const inBatches = { batchSize: most.deliveries };

/** Gives people what was delivered about them, found as erasure finds it. */
@Injectable()
export class WebhookExport {
  constructor(private readonly store: DeliveryStore) {}

  /** A page at a time, each delivery once. `hashes` are HMACs of identities; `records`, in pages, are names of source records. */
  async *export(hashes: readonly string[], records: AsyncIterable<readonly string[]>): AsyncGenerator<Json[]> {
    const marks = hashes.map(identityMark);
    yield* viewsOf(this.store.deliveries.find({ identities: { $in: marks } }, inBatches));
    const given = new Set<string>();
    for await (const page of records) {
      const others = { records: { $in: [...page] }, identities: { $nin: marks } };
      yield* viewsOf(notYet(given, this.store.deliveries.find(others, inBatches)));
    }
  }
}

/** A record may have become several things of a person, and be in several pages: ids are remembered, some 60 bytes each. */
async function* notYet(given: Set<string>, found: AsyncIterable<StoredDelivery>): AsyncGenerator<StoredDelivery> {
  for await (const delivery of found) {
    if (given.has(delivery._id)) continue;
    given.add(delivery._id);
    yield delivery;
  }
}

async function* viewsOf(found: AsyncIterable<StoredDelivery>): AsyncGenerator<Json[]> {
  const bytes = { most: most.bytes, of: ({ json }: StoredDelivery) => json.length };
  for await (const page of inPages(found, most.deliveries, bytes)) yield page.map(viewOf);
}

/** What it says, without what proves who sent it: addresses and signatures of the installation are not the person's. */
function viewOf({ source, deliveryId, receivedAt, expiresAt, json, notUnderstood, replayOf }: StoredDelivery): Json {
  const packed = packedIn(json);
  const attributes = attributesOf(packed);
  return {
    connection: source,
    deliveryId,
    receivedAt: receivedAt.toISOString(),
    keptUntil: expiresAt.toISOString(),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    delivered: saidIn(packed),
    ...(notUnderstood && { notUnderstood: notUnderstood.message }),
    ...(replayOf !== undefined && { replayOf }),
  };
}

/** CloudEvents in binary mode have a part of what they say in headers: https://github.com/cloudevents/spec (HTTP protocol binding, 3.1.3). */
function attributesOf({ headers }: PackedDelivery): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('ce-')));
}

/** JSON as such; other text as it came, and bytes that are no text in base64. */
function saidIn({ body }: PackedDelivery): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body;
  }
}
