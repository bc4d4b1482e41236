import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import {
  changedConfiguration,
  newConfiguration,
  parsedConfiguration,
  sameConfiguration,
  type Configuration,
  type JsonObject,
} from '#connections';
import { againIfOvertaken, newId, Overtaken, refuseStale, type Removing } from '#platform';
import { AlertCollections } from '../collections.ts';
import { insertUnlessTaken } from '../insert-unless-taken.ts';
import { isId } from '../slug.ts';
import { ChannelSecrets } from './channel-secrets.ts';
import type { Channel, LastDelivery } from './channel.schema.ts';
import { channelSpecs, type ChannelType, type OpenChannel } from './types/index.ts';

export interface NewChannel {
  slug: string;
  /** Default: the slug. */
  name?: string;
  type: ChannelType;
  config: JsonObject;
}

type ChannelPut = Omit<NewChannel, 'slug'>;

type Change = { name?: string; config?: JsonObject; how: 'replace' | 'patch' };

/** Where messages about alerts go. Every `ref` is an id (`chn_…`) or a slug. */
@Injectable()
export class Channels {
  constructor(
    private readonly collections: AlertCollections,
    private readonly secrets: ChannelSecrets,
  ) {}

  /** Throws `invalid_config`, `conflict`. */
  async create(input: NewChannel): Promise<Channel> {
    const made = await this.insert(input);
    if (made) return made;
    throw new MillraceError(
      'conflict',
      `There is a channel "${input.slug}" already. Choose another slug, or change it: PUT /api/alerts/channels/${input.slug}.`,
    );
  }

  /**
   * Makes the channel of a slug, or makes it what is given; secrets that are null or absent are kept. The same again changes nothing.
   *
   * @param madeFrom the revision that the change was made from: `conflict` when it is another one by now (default: any)
   */
  put(ref: string, input: ChannelPut, madeFrom?: number): Promise<{ channel: Channel; created: boolean }> {
    return againIfOvertaken(() => this.putOnce(ref, input, madeFrom));
  }

  private async putOnce(
    ref: string,
    input: ChannelPut,
    madeFrom: number | undefined,
  ): Promise<{ channel: Channel; created: boolean }> {
    const present = await this.present(ref, madeFrom);
    if (present) return { channel: await this.changed(present, replacementOf(present, input)), created: false };
    const channel = await this.insert({ ...input, slug: ref });
    if (channel) return { channel, created: true };
    throw changedMeanwhile();
  }

  /** What `put` would make of it, checked like there; nothing is changed. */
  async rehearsePut(ref: string, input: ChannelPut, madeFrom?: number): Promise<Channel> {
    const present = await this.present(ref, madeFrom);
    if (present) return this.next(present, replacementOf(present, input));
    return this.made({ ...input, slug: ref });
  }

  /** What is to be changed; null: a slug that is free. */
  private async present(ref: string, madeFrom: number | undefined): Promise<Channel | null> {
    const present = madeFrom || isId(ref) ? await this.get(ref) : await this.find(ref);
    if (present) refuseStale('channel', present, madeFrom);
    return present;
  }

  async change(ref: string, changes: { name?: string; config?: JsonObject }): Promise<Channel> {
    return this.changed(await this.get(ref), { ...changes, how: 'patch' });
  }

  async get(ref: string): Promise<Channel> {
    const found = await this.find(ref);
    if (found) return found;
    throw noSuchChannel(ref);
  }

  async find(ref: string): Promise<Channel | null> {
    return this.collections.channels.findOne(isId(ref) ? { _id: ref } : { slug: ref });
  }

  list({ after, limit }: { after?: string; limit: number }): Promise<Channel[]> {
    const filter = after === undefined ? {} : { _id: { $gt: after } };
    return this.collections.channels.find(filter, { sort: { _id: 1 }, limit }).toArray();
  }

  /** Throws `conflict` while a rule sends to it. */
  async remove(ref: string, { rehearse = false }: Pick<Removing, 'rehearse'> = {}): Promise<void> {
    const { _id, slug } = await this.get(ref);
    const rule = await this.collections.rules.findOne(
      { to: { $in: [_id, slug] } },
      { projection: { slug: 1, name: 1 } },
    );
    if (rule)
      throw new MillraceError('conflict', `The rule "${rule.slug}" sends to this channel. Change or remove it first.`, {
        details: { users: [{ kind: 'alert-rule', id: rule.slug, name: rule.name }] },
      });
    if (rehearse) return;
    await this.collections.channels.deleteOne({ _id });
  }

  /** With its secrets. Throws `invalid_config` when the configuration is not valid any more. */
  async open(channel: Channel): Promise<OpenChannel> {
    const { _id, type, sealed } = channel;
    const configuration = this.secrets.open(channel);
    if (this.secrets.isOutdated(channel)) {
      const { sealed: renewed } = this.secrets.seal(_id, configuration.secrets);
      await this.collections.channels.updateOne({ _id, sealed }, { $set: { sealed: renewed } });
    }
    return { type, config: parsedConfiguration(channelSpecs[type], configuration) } as OpenChannel;
  }

  async noteDelivery(id: string, lastDelivery: LastDelivery): Promise<void> {
    await this.collections.channels.updateOne({ _id: id }, { $set: { lastDelivery } });
  }

  private async insert(input: NewChannel): Promise<Channel | undefined> {
    const made = this.made(input);
    return (await insertUnlessTaken(this.collections.channels, made)) ? made : undefined;
  }

  private made({ slug, name = slug, type, config }: NewChannel): Channel {
    const _id = newId('chn');
    const now = new Date();
    const sealed = this.sealed(_id, newConfiguration(channelSpecs[type], config));
    return { _id, slug, name, type, ...sealed, revision: 1, createdAt: now, updatedAt: now };
  }

  /** The very same object when nothing changes. */
  private next(present: Channel, { name, config, how }: Change): Channel {
    const before = this.secrets.open(present);
    const after = config ? changedConfiguration(channelSpecs[present.type], before, config, how) : before;
    const named = name ?? present.name;
    if (named === present.name && sameConfiguration(before, after)) return present;
    const { sealed: _, ...rest } = present;
    const revision = present.revision + 1;
    return { ...rest, name: named, ...this.sealed(present._id, after), revision, updatedAt: new Date() };
  }

  private async changed(present: Channel, change: Change): Promise<Channel> {
    const next = this.next(present, change);
    if (next === present) return present;
    const seen = { _id: present._id, revision: present.revision };
    const { matchedCount } = await this.collections.channels.replaceOne(seen, next);
    if (matchedCount > 0) return next;
    throw changedMeanwhile();
  }

  private sealed(id: string, { config, secrets }: Configuration): Pick<Channel, 'config' | 'sealed' | 'secretsSet'> {
    return { config, ...this.secrets.seal(id, secrets) };
  }
}

function replacementOf(present: Channel, { name = present.slug, type, config }: ChannelPut): Change {
  if (present.type === type) return { name, config, how: 'replace' };
  throw new MillraceError(
    'conflict',
    `The channel "${present.slug}" is of type ${present.type}, not ${type}. Use another slug, or remove it first.`,
  );
}

function noSuchChannel(ref: string): MillraceError {
  return new MillraceError('not_found', `There is no channel "${ref}". GET /api/alerts/channels lists them.`);
}

function changedMeanwhile(): Overtaken {
  return new Overtaken('The channel was changed by somebody else meanwhile. Read it again, then repeat.');
}
