import { isPath, placeOf } from './check-calls.ts';
import { TemplateFault, type Place } from './fault.ts';

/** A reusable block that a source uses: `{{> card title="x"}}`, or Iterable's `{{snippet "card" title="x"}}`. */
export interface BlockUse {
  slug: string;
  /** Named arguments. */
  named: string[];
  /** Arguments by position: of a snippet they are its parameters in order. */
  positional: number;
  place: Place;
}

/** Where a layout puts the body that it was given. */
export const slotName = '@partial-block';

export const isPartial = (node: hbs.AST.Node): node is hbs.AST.PartialStatement => node.type === 'PartialStatement';
export const isPartialBlock = (node: hbs.AST.Node): node is hbs.AST.PartialBlockStatement =>
  node.type === 'PartialBlockStatement';

type Use = hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement | hbs.AST.MustacheStatement;

/**
 * The block that a tag uses; undefined for any other tag, and for the slot of a layout.
 * @throws TemplateFault for a name that is not written out: data must never choose what is rendered
 */
export function blockUseOf(node: Use): BlockUse | undefined {
  const named = node.hash?.pairs.map(({ key }) => key) ?? [];
  if (node.type === 'MustacheStatement') {
    if (!isPath(node.path) || node.path.original !== 'snippet') return undefined;
    const [name] = node.params;
    if (name?.type !== 'StringLiteral') throw dynamicName(node);
    const slug = slugOf((name as hbs.AST.StringLiteral).value);
    return { slug, named, positional: node.params.length - 1, place: placeOf(node) };
  }
  const { name } = node as hbs.AST.PartialStatement;
  if (name.type === 'SubExpression') throw dynamicName(node);
  const written = String(name.original);
  if (written === slotName) return undefined;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(written)) {
    throw new TemplateFault(
      'template_invalid',
      `"${written.slice(0, 60)}" cannot be the name of a block: lower case letters, digits and hyphens, at most 63.`,
      placeOf(node),
    );
  }
  return { slug: written, named, positional: node.params.length, place: placeOf(node) };
}

/** Iterable's snippets have names for people: "My footer" is the block `my-footer`. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}

function dynamicName(node: hbs.AST.Node): TemplateFault {
  return new TemplateFault(
    'template_invalid',
    'The name of a block must be written out, such as {{> footer}}: data cannot choose it. Use a block with variants, or {{#if}}.',
    placeOf(node),
  );
}
