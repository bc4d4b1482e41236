import { Inject, Injectable, Optional } from '@nestjs/common';
import { listOf, textAfter, type List } from '#platform';
import { SUPPLIES, touch, useOfTarget, type Supply, type Supplies, type Use } from '../uses/index.ts';
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
    @Optional() @Inject(SUPPLIES) private readonly supplies?: Supplies,
  ) {}

  /** The mapping rules that feed what is asked about. */
  async suppliesOf({ use, connection, stream, field }: ImpactQuestion): Promise<Supply[]> {
    const supplies = (await this.supplies?.list(connection === undefined ? {} : { connection })) ?? [];
    return supplies.filter(
      (supply) =>
        (use === undefined || touch(supply.use, use)) &&
        (stream === undefined || supply.stream === stream) &&
        (field === undefined ||
          supply.reads.some((read) => read === field || read.startsWith(`${field}.`) || read.startsWith(`${field}[`))),
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
      after: textAfter(after),
      limit: limit + 1,
    });
    return listOf(
      found,
      limit,
      (template) => affected(template, uses, elsewhere),
      (last) => last._id,
    );
  }

  /** Whether something else than these feeds it too. */
  async suppliedElsewhere(supplies: readonly Supply[]): Promise<(use: Use) => boolean> {
    const own = new Set(supplies.map(keyOf));
    const others = ((await this.supplies?.list()) ?? []).filter((supply) => !own.has(keyOf(supply)));
    return (use) => others.some((supply) => touch(supply.use, use));
  }

  /** The same of what mapping targets supply. */
  async templatesSuppliedBy(
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

function keyOf({ sync, object, target }: Supply): string {
  return `${sync.id} ${object} ${target}`;
}
