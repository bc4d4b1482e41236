import { Inject, Injectable, Optional } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { decodeCursor, encodeCursor, type List } from '#platform';
import { FEEDS, touch, useOfTarget, type Feed, type Feeds, type Use } from '../uses/index.ts';
import { TemplateUses, type UsingTemplate } from './template-uses.ts';

/** What is asked about: something that templates use, or where it comes from. At least one is given. */
export interface ImpactQuestion {
  /** `trait:city`, `order:total`, `event:properties.plan`. */
  use?: Use;
  /** Id of a connection. */
  connection?: string;
  /** Of the connection. */
  stream?: string;
  /** A field of the stream's rows: what if it goes, or changes. */
  field?: string;
}

export interface UsedThing {
  use: Use;
  /** It is in the draft, in the newest version, or in both. */
  in: ('draft' | 'published')[];
  /** Nothing else feeds it: it would be missing for everybody that nothing is known of yet. */
  onlyFromHere: boolean;
}

/** A template, and what of it would break. */
export interface AffectedTemplate {
  id: string;
  slug?: string;
  name: string;
  /** The newest version; null before the first. */
  published: number | null;
  uses: UsedThing[];
}

/** Which templates use what, what feeds it, and so what breaks when that goes. */
@Injectable()
export class Impact {
  constructor(
    private readonly templates: TemplateUses,
    @Optional() @Inject(FEEDS) private readonly feeds?: Feeds,
  ) {}

  /** The mapping rules that feed what is asked about. */
  async feedsOf({ use, connection, stream, field }: ImpactQuestion): Promise<Feed[]> {
    const feeds = (await this.feeds?.list(connection === undefined ? {} : { connection })) ?? [];
    return feeds.filter(
      (feed) =>
        (use === undefined || touch(feed.use, use)) &&
        (stream === undefined || feed.stream === stream) &&
        (field === undefined ||
          feed.reads.some((read) => read === field || read.startsWith(`${field}.`) || read.startsWith(`${field}[`))),
    );
  }

  /** The templates that use something of it. @throws MillraceError `bad_request` for a foreign cursor */
  async templatesUsing(
    uses: readonly Use[],
    { after, limit }: { after?: string; limit: number },
    elsewhere: (use: Use) => boolean = () => false,
  ): Promise<List<AffectedTemplate>> {
    if (uses.length === 0) return { data: [], next: null };
    const found = await this.templates.using(uses, {
      after: after === undefined ? undefined : idAt(after),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      data: page.map((template) => affected(template, uses, elsewhere)),
      next: last && found.length > limit ? encodeCursor(last._id) : null,
    };
  }

  /** Whether something else than these feeds it too. */
  async fedElsewhere(feeds: readonly Feed[]): Promise<(use: Use) => boolean> {
    const own = new Set(feeds.map(keyOf));
    const others = ((await this.feeds?.list()) ?? []).filter((feed) => !own.has(keyOf(feed)));
    return (use) => others.some((feed) => touch(feed.use, use));
  }

  /** The same of what mapping targets feed. */
  async templatesFedBy(
    written: readonly { object: string; target: string }[],
    limit: number,
  ): Promise<List<AffectedTemplate>> {
    const uses = written.flatMap(({ object, target }) => useOfTarget(object, target) ?? []);
    return this.templatesUsing([...new Set(uses)], { limit });
  }
}

function affected(
  { _id, slug, name, published, uses, publishedUses = [] }: UsingTemplate,
  asked: readonly Use[],
  elsewhere: (use: Use) => boolean,
): AffectedTemplate {
  const touched = [...new Set([...uses, ...publishedUses])].filter((use) => asked.some((one) => touch(one, use)));
  return {
    id: _id,
    ...(slug !== undefined && { slug }),
    name,
    published: published === 0 ? null : published,
    uses: touched.sort().map((use) => ({
      use,
      in: [
        ...(uses.includes(use) ? ['draft' as const] : []),
        ...(publishedUses.includes(use) ? ['published' as const] : []),
      ],
      onlyFromHere: !elsewhere(use),
    })),
  };
}

function keyOf({ sync, object, target }: Feed): string {
  return `${sync.id} ${object} ${target}`;
}

function idAt(after: string): string {
  const position = decodeCursor(after);
  if (typeof position === 'string') return position;
  throw new MillraceError('bad_request', '`after` is not a cursor of this list: use the `next` of the former page.');
}
