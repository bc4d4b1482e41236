import type { TemplateTraits } from '#content';
import type { TraitUser } from './trait-users.ts';

const atATime = 50;

/** The traits that templates' drafts read. */
export function templateUses(templates: Pick<TemplateTraits, 'list'>): TraitUser {
  return async function* () {
    let after: string | undefined;
    do {
      const { data, next } = await templates.list({ after, limit: atATime });
      for (const { id, slug, name, traits } of data) yield { kind: 'template', id: slug ?? id, name, traits };
      after = next ?? undefined;
    } while (after !== undefined);
  };
}
