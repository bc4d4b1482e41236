import { guardTemplate, limits, TemplateFault, type KnownHelper } from '../guard/index.ts';
import { outlineOf, usesIn, type Outline, type TemplateUses } from '../tokens/index.ts';
import { inlineCss, planInlining, type CssInlining } from './inline-css.ts';
import { withInternalHelpers } from './internal-helpers.ts';
import { link } from './link.ts';
import { compileMjml } from './mjml.ts';
import { placeIn, placesOf, type TagPlace } from './places.ts';
import type { BlockSources, WrittenPart } from './sources.ts';

/** A part as it is rendered for each person. */
export interface PreparedPart extends TemplateUses {
  name: string;
  source: string;
  html: boolean;
  /** How its style sheets become attributes. */
  css: CssInlining;
  /** Where its tags were written. */
  places: TagPlace[];
  /** What MJML found odd. */
  notes: string[];
  /** Its tokens and conditions, where they stand in the prepared source. */
  outline: Outline;
}

/**
 * Guards what was written, puts its blocks in, compiles MJML, inlines CSS where that can be done once, and guards the result.
 * @throws TemplateFault with the place in what was written
 */
export async function preparePart(
  part: WrittenPart,
  blocks: BlockSources,
  helpers: ReadonlyMap<string, KnownHelper>,
): Promise<PreparedPart> {
  const { name, html, source } = part;
  guardTemplate(source, helpers);
  let linked = link(source, blocks);
  let notes: string[] = [];
  if (part.format === 'mjml') ({ notes, ...linked } = await compileMjml(linked));
  const css = html ? planInlining(linked.text) : 'none';
  const text = css === 'once' ? await inlineCss(linked.text) : linked.text;
  const places = placesOf(text, linked.origins, source, blocks);
  try {
    const { program } = guardTemplate(text, withInternalHelpers(helpers), limits.preparedBytes);
    const outline = outlineOf(program, text);
    return { name, source: text, html, css, places, notes, outline, ...usesIn(program, outline) };
  } catch (thrown) {
    if (!(thrown instanceof TemplateFault) || !thrown.place) throw thrown;
    const { block, ...place } = placeIn(places, thrown.place);
    const where = block === undefined ? '' : `In the block "${block}": `;
    throw new TemplateFault(thrown.code, where + thrown.message, place);
  }
}
