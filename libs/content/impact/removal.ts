import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Profiles } from '#profiles';
import type { Supply, Use } from '../uses/index.ts';
import { Impact, type AffectedTemplate } from './impact.ts';

/** People whose records are looked at for what a connection has said. */
const mostPeople = 200;
const mostTold = 20;

/** What would break when something that feeds templates is removed. */
@Injectable()
export class Removal {
  constructor(
    private readonly impact: Impact,
    private readonly profiles: Profiles,
  ) {}

  /** @throws MillraceError `templates_affected` when templates use what this sync alone feeds */
  async refuseSync({ id, connection }: { id: string; connection: string }): Promise<void> {
    const supplies = (await this.impact.suppliesOf({ connection })).filter(({ sync }) => sync.id === id);
    await this.#refuse(
      'this sync',
      supplies,
      supplies.map(({ use }) => use),
    );
  }

  /** The same of a connection: of its syncs, and of the records that syncs have read from it before. */
  async refuseConnection(connection: string): Promise<void> {
    const [supplies, traits] = await Promise.all([
      this.impact.suppliesOf({ connection }),
      this.profiles.traitsFrom(connection, mostPeople),
    ]);
    await this.#refuse('this connection', supplies, [
      ...supplies.map(({ use }) => use),
      ...traits.map((trait) => `trait:${trait}`),
    ]);
  }

  async #refuse(what: string, supplies: Supply[], uses: Use[]): Promise<void> {
    const elsewhere = await this.impact.suppliedElsewhere(supplies);
    const alone = [...new Set(uses)].filter((use) => !elsewhere(use));
    const { data, next } = await this.impact.templatesUsing(alone, { limit: mostTold });
    if (data.length === 0) return;
    throw new MillraceError(
      'templates_affected',
      `${describeTemplates(data, next !== null)} what only ${what} feeds: it would be missing or out of date in these mails. ` +
        'Change the templates, feed it from elsewhere, or repeat with ?force=true.',
      {
        details: {
          templates: data.map(({ id, name, uses: used }) => ({ id, name, uses: used.map(({ use }) => use) })),
        },
      },
    );
  }
}

/** `Templates "Your last order" (published) and "News" (draft) use`; for messages. */
export function describeTemplates(templates: readonly AffectedTemplate[], more: boolean): string {
  const told = templates.slice(0, 5).map(({ name, uses }) => {
    return `"${name}" (${uses.some((one) => one.in.includes('published')) ? 'published' : 'draft'})`;
  });
  const rest = templates.length - told.length;
  const others = more ? `more than ${rest} others` : `${rest} ${rest === 1 ? 'other' : 'others'}`;
  const all = rest > 0 || more ? [...told, others] : told;
  const list = all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
  return `${all.length === 1 ? 'Template' : 'Templates'} ${list} ${all.length === 1 ? 'uses' : 'use'}`;
}
