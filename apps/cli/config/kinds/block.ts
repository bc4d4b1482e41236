import { isFields, type Fields } from '../documents/document.ts';
import type { Kind } from './kind.ts';
import { contentRehearsals, publication, withPublish } from './publication.ts';
import { blocksIn } from './uses-blocks.ts';

const path = '/api/blocks';

/** A reusable block or layout; as templates, with a draft and versions. */
export const block: Kind = {
  name: 'block',
  folder: 'blocks',
  path,
  role: 'marketer',
  leftAlone: ['publish'],
  defaults: { params: [], variants: [] },
  ownFiles: { source: 'html' },
  identified: (view) => ({ ...view, id: view.slug as string }),
  normalised: (fields) => withVariants(withPublish(fields), (variant) => ({ priority: 0, ...variant })),
  shortened: (fields) =>
    withVariants(fields, ({ priority, ...variant }) => ({ ...variant, ...(priority !== 0 && { priority }) })),
  together: { path: contentRehearsals, as: 'blocks' },
  ...publication(path, ({ source, params, variants }) => [source, params, variants]),
  after: ({ source, variants }) => {
    const others = Array.isArray(variants) ? variants.filter(isFields).map((variant) => variant.source) : [];
    return blocksIn([source, ...others]);
  },
};

function withVariants(fields: Fields, change: (variant: Fields) => Fields): Fields {
  const { variants } = fields;
  if (!Array.isArray(variants)) return fields;
  return { ...fields, variants: variants.map((variant) => (isFields(variant) ? change(variant) : variant)) };
}
