import type { HtmlAttribute, HtmlTag, LintedPart } from '../mail/index.ts';

/** Tags whose `href` is no link that people click. */
const noLinks = new Set(['link', 'base', 'mj-font']);
const pictures = new Set(['img', 'mj-image']);

export interface Link {
  part: LintedPart;
  tag: HtmlTag;
  href: HtmlAttribute;
}

/** The links of all parts. */
export function linksOf(parts: readonly LintedPart[]): Link[] {
  return parts.flatMap((part) =>
    part.html.opening.flatMap((tag) => {
      const href = noLinks.has(tag.name) ? undefined : tag.attributes.get('href');
      return href ? [{ part, tag, href }] : [];
    }),
  );
}

export function picturesOf(parts: readonly LintedPart[]): { part: LintedPart; tag: HtmlTag }[] {
  return parts.flatMap((part) =>
    part.html.opening.filter(({ name }) => pictures.has(name)).map((tag) => ({ part, tag })),
  );
}

/** As it may stand in a message. */
export function shortened({ value }: HtmlAttribute): string {
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}
