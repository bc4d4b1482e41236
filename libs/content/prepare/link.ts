import { limits, noSuchBlock, placeAt, scan, TemplateFault, type Tag } from '../guard/index.ts';
import { defaultsOf, namedArguments } from './block-arguments.ts';
import { blockTagOf, type BlockTag } from './block-tag.ts';
import { internalHelpers as internal } from './internal-helpers.ts';
import type { BlockSource, BlockSources, LinkedSource, TagOrigin } from './sources.ts';

/** A piece of a source: a file, and the part of it that is still to be put in. */
interface Piece {
  text: string;
  tags: Tag[];
  block?: string;
  variant?: string;
  from: number;
  to: number;
}

/** What a layout's slot shows: the caller's body. */
interface Body {
  number: number;
  piece: Piece;
  trail: readonly string[];
  slot: Body | undefined;
}

/**
 * Puts the blocks in whose names a source uses, and theirs: one source for MJML and Handlebars, with what each tag was before.
 * @throws TemplateFault for an unknown block, one that contains itself, or too much text
 */
export function link(source: string, blocks: BlockSources): LinkedSource {
  const linker = new Linker(blocks);
  linker.put({ text: source, tags: scan(source).tags, from: 0, to: source.length }, [], undefined);
  return { text: linker.text, origins: linker.origins };
}

class Linker {
  readonly origins: TagOrigin[] = [];
  #pieces: string[] = [];
  #length = 0;
  #count = 0;

  constructor(private readonly blocks: BlockSources) {}

  get text(): string {
    return this.#pieces.join('');
  }

  put(piece: Piece, trail: readonly string[], slot: Body | undefined): void {
    const { text, tags, to } = piece;
    let at = piece.from;
    for (let index = tags.findIndex(({ start }) => start >= at); index !== -1 && index < tags.length; index++) {
      const tag = tags[index];
      if (!tag || tag.start >= to) break;
      if (tag.start < at) continue; // within a body that was put in already
      this.#append(text.slice(at, tag.start));
      const found = blockTagOf(text.slice(tag.start, tag.end));
      at = tag.end;
      if (!found) this.#tag(text.slice(tag.start, tag.end), piece, tag.start);
      else if (found.isSlot) this.#slot(slot, piece, tag.start);
      else {
        const closing = found.hasBody ? closingOf(tags, index) : undefined;
        const body = closing && { ...piece, from: tag.end, to: closing.start };
        this.#block(found, piece, tag.start, body, trail, slot);
        if (closing) at = closing.end;
      }
    }
    this.#append(text.slice(at, to));
  }

  #block(
    tag: BlockTag,
    at: Piece,
    start: number,
    body: Piece | undefined,
    trail: readonly string[],
    slot?: Body,
  ): void {
    const { slug } = tag;
    const block = Object.hasOwn(this.blocks, slug) ? this.blocks[slug] : undefined;
    if (!block) throw fault(at, start, noSuchBlock(slug, Object.keys(this.blocks)));
    if (trail.includes(slug)) {
      const path = [...trail.slice(trail.indexOf(slug)), slug].join(' → ');
      throw fault(at, start, `The block "${slug}" contains itself: ${path}. Take one of these uses away.`);
    }
    this.#count += 1;
    const number = this.#count;
    const args = argumentsFor(tag, block, at, start);
    const head = `{{${tag.before}#${internal.block} ${number} "${slug}"`;
    this.#tag(`${head}${args}}}`, at, start, head.length - tag.argsAt);
    const inner = [...trail, slug];
    const own = body && { number, piece: body, trail, slot };
    for (const { name, source } of block.variants) this.#variant(slug, name, source, inner, own, at, start);
    if (block.variants.length > 0) this.#variant(slug, '', block.source, inner, own, at, start);
    else this.put(pieceOf(block.source, slug), inner, own);
    this.#tag(`{{/${internal.block}${tag.after}}}`, at, start);
  }

  #variant(
    slug: string,
    name: string,
    source: string,
    trail: string[],
    slot: Body | undefined,
    at: Piece,
    start: number,
  ) {
    this.#tag(`{{#${internal.variant} "${slug}" "${name}"}}`, at, start);
    this.put(pieceOf(source, slug, name), trail, slot);
    this.#tag(`{{/${internal.variant}}}`, at, start);
  }

  #slot(body: Body | undefined, at: Piece, start: number): void {
    if (!body) return;
    this.#tag(`{{#${internal.slot} ${body.number}}}`, at, start);
    this.put(body.piece, body.trail, body.slot);
    this.#tag(`{{/${internal.slot}}}`, at, start);
  }

  #tag(text: string, { block, variant }: Piece, offset: number, shift = 0): void {
    this.#append(text);
    this.origins.push({
      ...(block !== undefined && { block }),
      ...(variant ? { variant } : {}),
      offset,
      ...(shift !== 0 && { shift }),
    });
  }

  #append(text: string): void {
    this.#length += text.length;
    if (this.#length > limits.preparedBytes) throw tooLarge();
    this.#pieces.push(text);
  }
}

function pieceOf(text: string, block: string, variant?: string): Piece {
  return { text, tags: scan(text).tags, block, ...(variant !== undefined && { variant }), from: 0, to: text.length };
}

function closingOf(tags: Tag[], opening: number): Tag | undefined {
  let depth = 0;
  for (let index = opening; index < tags.length; index++) {
    if (tags[index]?.opens) depth += 1;
    if (tags[index]?.closes && --depth === 0) return tags[index];
  }
  return undefined;
}

/** All that the block gets: what its caller gives and the rest of its defaults. */
function argumentsFor({ args, isSnippet }: BlockTag, block: BlockSource, at: Piece, start: number): string {
  try {
    const given = isSnippet ? namedArguments(args, block) : args;
    return given + defaultsOf(block, given);
  } catch (thrown) {
    if (thrown instanceof TemplateFault) throw fault(at, start, thrown.message);
    throw thrown;
  }
}

function fault({ text, block }: Piece, offset: number, message: string): TemplateFault {
  const where = block === undefined ? '' : `In the block "${block}": `;
  return new TemplateFault('template_invalid', where + message, placeAt(text, offset));
}

function tooLarge(): TemplateFault {
  return new TemplateFault(
    'template_too_large',
    `With its blocks the template has more than ${limits.preparedBytes / 1024} KB: use fewer or smaller blocks.`,
  );
}
