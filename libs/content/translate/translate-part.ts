import Handlebars from 'handlebars';
import { isBlock, isMustache, isPath, parseTemplate } from '../guard/index.ts';
import { knownHelpers } from '../helpers/index.ts';
import { internalHelpers as internal, withInternalHelpers } from '../prepare/index.ts';
import type { Dialect } from './dialect.ts';
import { Untranslatable } from './expression.ts';
import { Names } from './names.ts';
import { readBlockCondition, readCall, readValue } from './read.ts';

/** Something that the vendor has no words for; in its place the text shows what was there, in ⟦ ⟧. */
export interface Untranslated {
  /** In the prepared source; counts from 1. */
  line: number;
  column: number;
  written: string;
  reason: string;
}

const known = withInternalHelpers(knownHelpers);

interface Around {
  names: Names;
  conditions: number;
  /** What names mean in the bodies that callers gave to layouts, by block. */
  callers: ReadonlyMap<number, Names>;
}

/** A part whose blocks were put in, in a vendor's words. */
export class PartTranslation {
  readonly untranslated: Untranslated[] = [];
  readonly text: string;
  readonly #lines: string[];

  /** @param source was guarded when it was prepared */
  constructor(
    source: string,
    private readonly html: boolean,
    private readonly dialect: Dialect,
  ) {
    this.#lines = source.split('\n');
    const around = { names: Names.top, conditions: 0, callers: new Map<number, Names>() };
    const program = dialect.feedTags ? Handlebars.parse(source) : parseTemplate(source, known);
    this.text = this.#program(program, around);
  }

  #program(program: hbs.AST.Program | undefined, around: Around): string {
    return (program?.body ?? []).map((statement) => this.#statement(statement, around)).join('');
  }

  #statement(statement: hbs.AST.Statement, around: Around): string {
    if (isBlock(statement)) return this.#block(statement, around);
    if (isMustache(statement)) {
      const { escaped } = statement as { escaped: boolean };
      const shown = { escaped, html: this.html, loops: around.names.loops };
      return this.#try(statement, () => {
        const value = readCall(statement, around.names);
        if (value.kind !== 'literal') return this.dialect.show(value, shown);
        const text = String(value.value ?? '');
        return escaped && this.html ? Handlebars.escapeExpression(text) : text;
      });
    }
    if (statement.type !== 'ContentStatement') return '';
    const { value } = statement as hbs.AST.ContentStatement;
    if (this.dialect.syntax.test(value)) this.#note(statement, 'the vendor takes this text for its own syntax');
    return value;
  }

  #block(block: hbs.AST.BlockStatement, around: Around): string {
    const name = isPath(block.path) ? block.path.original : '';
    const { names } = around;
    const params = (block.program as hbs.AST.Program | undefined)?.blockParams; // `{{^each}}` has only an else
    switch (name) {
      case internal.block:
        return this.#reusable(block, around);
      case internal.slot: {
        const own = around.callers.get(numberOf(block));
        return own ? this.#program(block.program, { ...around, names: own }) : '';
      }
      case internal.variant:
        if ((block.params[1] as hbs.AST.StringLiteral).value === '') return this.#program(block.program, around);
        this.#note(block, 'variants are chosen by Millrace: only the default is translated');
        return '';
      case 'each': {
        const entry = names.eachEntry(params);
        const within = { ...around, names: entry };
        return this.#whole(block, within, () => {
          const list = readValue(block.params[0] as hbs.AST.Expression, names);
          const body = this.#program(block.program, within);
          return this.dialect.each(list, entry.loops, body, this.#program(block.inverse, around));
        });
      }
      case 'with':
        return this.#whole(block, around, () => {
          const value = readValue(block.params[0] as hbs.AST.Expression, names);
          const within = {
            ...around,
            names: names.with(value, params),
            conditions: around.conditions + 1,
          };
          const otherwise = this.#program(block.inverse, { ...around, conditions: around.conditions + 1 });
          const place = { loops: names.loops, conditions: around.conditions };
          return this.dialect.choose(
            { kind: 'present', value },
            this.#program(block.program, within),
            otherwise,
            place,
          );
        });
      default:
        return this.#condition(block, around);
    }
  }

  #condition(block: hbs.AST.BlockStatement, around: Around): string {
    return this.#whole(block, around, () => {
      const condition = readBlockCondition(block, around.names);
      if (!condition) throw new Untranslatable('this block has no counterpart');
      const within = { ...around, conditions: around.conditions + 1 };
      const [then, otherwise] = [block.program, block.inverse].map((part) => this.#program(part, within));
      const place = { loops: around.names.loops, conditions: around.conditions };
      return this.dialect.choose(condition, then ?? '', otherwise ?? '', place);
    });
  }

  #reusable(block: hbs.AST.BlockStatement, around: Around): string {
    return this.#whole(block, around, () => {
      const [, , given] = block.params;
      const context = given && readValue(given, around.names);
      const pairs = block.hash?.pairs ?? [];
      const parameters = Object.fromEntries(pairs.map(({ key, value }) => [key, readValue(value, around.names)]));
      const callers = new Map([...around.callers, [numberOf(block), around.names]]);
      return this.#program(block.program, { ...around, names: around.names.block(context, parameters), callers });
    });
  }

  /** A block; where it cannot be said, its parts with marks between them. */
  #whole(block: hbs.AST.BlockStatement, around: Around, translate: () => string): string {
    const notedBefore = this.untranslated.length;
    try {
      return translate();
    } catch (thrown) {
      if (!(thrown instanceof Untranslatable)) throw thrown;
      this.untranslated.length = notedBefore; // the parts are gone through again
      const written = this.#note(block, thrown.message);
      const otherwise = block.inverse ? `⟦else⟧${this.#program(block.inverse, around)}` : '';
      return `${mark(written)}${this.#program(block.program, around)}${otherwise}⟦/⟧`;
    }
  }

  #try(statement: hbs.AST.Statement, translate: () => string): string {
    try {
      return translate();
    } catch (thrown) {
      if (thrown instanceof Untranslatable) return mark(this.#note(statement, thrown.message));
      throw thrown;
    }
  }

  #note({ loc, type }: hbs.AST.Statement, reason: string): string {
    const { line, column } = loc.start;
    const first = (this.#lines[line - 1] ?? '').slice(column);
    const rest = [first, ...this.#lines.slice(line, line + 3)].join('\n');
    const written = (type === 'ContentStatement' ? rest : (/^\{\{[^]*?\}\}+/.exec(rest)?.[0] ?? first)).slice(0, 120);
    this.untranslated.push({ line, column: column + 1, written, reason });
    return written;
  }
}

function numberOf(block: hbs.AST.BlockStatement): number {
  return (block.params[0] as hbs.AST.NumberLiteral).value;
}

/** Visible to whoever looks, and harmless in HTML and to every vendor. */
function mark(written: string): string {
  return `⟦${written.replace(/^\{+|\}+$/g, '').replace(/["<>&]/g, "'")}⟧`;
}
