import {
  Decoration,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view';

const brace = Decoration.mark({ class: 'cm-hbs-brace' });
const kinds = {
  keyword: Decoration.mark({ class: 'cm-hbs-keyword' }),
  text: Decoration.mark({ class: 'cm-hbs-text' }),
  number: Decoration.mark({ class: 'cm-hbs-number' }),
  argument: Decoration.mark({ class: 'cm-hbs-argument' }),
  comment: Decoration.mark({ class: 'cm-hbs-comment' }),
  helper: Decoration.mark({ class: 'cm-hbs-helper' }),
  path: Decoration.mark({ class: 'cm-hbs-path' }),
};

/** The parts inside of a tag, in the order in which they are tried. */
const word =
  /(?<keyword>(?<=^|\()[#/^]?(?:if|unless|each|with|else|lookup|log)\b(?: if\b)?|(?<=^)[#/^>&][\w.-]+)|(?<text>"[^"]*"?|'[^']*'?)|(?<argument>[\w-]+(?==))|(?<helper>(?<=^|\()[\w-]+(?=\s+[^\s}]))|(?<number>\b\d+(?:\.\d+)?\b)|(?<path>@?[\w$][\w.$/-]*)/g;

/** Colours Handlebars tags, wherever in the HTML they stand: in text, in attributes, around elements. */
const matcher = new MatchDecorator({
  regexp: /\{\{(?:!--[\s\S]*?--|![^}]*|[^}]*)\}\}\}?/g,
  decorate(add, from, to, match) {
    const [tag] = match;
    if (tag.startsWith('{{!')) return add(from, to, kinds.comment);
    const opening = /^\{\{\{?~?/.exec(tag)?.[0].length ?? 2;
    const closing = /~?\}\}\}?$/.exec(tag)?.[0].length ?? 2;
    add(from, from + opening, brace);
    for (const found of tag.slice(opening, -closing).matchAll(word)) {
      const kind = (Object.keys(kinds) as (keyof typeof kinds)[]).find((name) => found.groups?.[name] !== undefined);
      const start = from + opening + found.index;
      if (kind) add(start, start + found[0].length, kinds[kind]);
    }
    add(to - closing, to, brace);
  },
});

export const handlebars = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
