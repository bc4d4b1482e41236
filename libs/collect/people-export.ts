import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { inPages } from '#platform';
import { identityMark, InboxStore, type InboxItem } from './inbox/index.ts';
import { CollectedPeople } from './people/index.ts';

/** A page of what was collected about a person. */
export interface CollectedItems {
  section: string;
  items: Json[];
}

const atATime = 200;

/** Gives people what was collected about them: the messages as they arrived, and what these add up to. */
@Injectable()
export class CollectedExport {
  constructor(
    private readonly inbox: InboxStore,
    private readonly people: CollectedPeople,
  ) {}

  /** A page at a time. `identities` are those of the profile store, `hashes` their HMACs. */
  async *export(identities: readonly string[], hashes: readonly string[]): AsyncGenerator<CollectedItems> {
    const theirs = { identities: { $in: hashes.map(identityMark) } };
    const found = this.inbox.items.find(theirs, { batchSize: atATime });
    for await (const page of inPages(found, atATime))
      yield { section: 'collected messages', items: page.map(messageOf) };
    const said: Json[] = [];
    for await (const person of this.people.find(identities, hashes)) said.push(plain(person));
    if (said.length > 0) yield { section: 'collected traits', items: said };
  }
}

function messageOf({ source, receivedAt, json, fault, expiresAt }: InboxItem): Json {
  return plain({
    source,
    receivedAt,
    keptUntil: expiresAt,
    message: parsed(json),
    ...(fault && { refused: fault.message }),
  });
}

/** What cannot be read is kept, and so it is given, as it came. */
function parsed(json: string): Json {
  try {
    return JSON.parse(json) as Json;
  } catch {
    return json;
  }
}

function plain(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
