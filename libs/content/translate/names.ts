import { Untranslatable, type Literal, type Source, type Value } from './expression.ts';

/** What names mean at some place of a template. */
export class Names {
  static readonly top = new Names([{ kind: 'person', segments: [] }], new Map(), 0);

  private constructor(
    /** The context and those around it, innermost last. */
    private readonly contexts: readonly Value[],
    private readonly params: ReadonlyMap<string, Value>,
    /** Lists that are gone through around here. */
    readonly loops: number,
  ) {}

  /** Throws Untranslatable. */
  resolve({ parts, data, depth, original }: hbs.AST.PathExpression): Value {
    const [first = '', ...rest] = parts;
    if (data) {
      if (first === 'root') return { kind: 'person', segments: rest };
      if (this.loops > 0 && rest.length === 0) return { kind: 'position', loop: this.loops, name: first };
      throw new Untranslatable(`"@${first}" has no counterpart`);
    }
    const param = depth === 0 && !/^\.|this\b/.test(original) ? this.params.get(first) : undefined;
    if (param) return below(param, rest);
    const context = this.contexts[this.contexts.length - 1 - depth];
    if (!context) throw new Untranslatable('"../" leads out of the template');
    return below(context, parts);
  }

  /** Within `{{#each}}`. */
  eachEntry(names: readonly string[] = []): Names {
    const loop = this.loops + 1;
    const entry: Value = { kind: 'entry', loop, segments: [] };
    return this.#within(entry, [names[0], entry], [names[1], { kind: 'position', loop, name: 'index' }], loop);
  }

  /** Within `{{#with}}`. */
  with(value: Value, names: readonly string[] = []): Names {
    return this.#within(value, [names[0], value], [undefined, value], this.loops);
  }

  /** Within a reusable block: it sees what its caller does, and its parameters. */
  block(given: Value | undefined, parameters: Readonly<Record<string, Value>>): Names {
    const context = given ?? this.contexts[this.contexts.length - 1] ?? { kind: 'person', segments: [] };
    const params = new Map([...this.params, ...Object.entries(parameters)]);
    return new Names([...this.contexts, context], params, this.loops);
  }

  #within(
    context: Value,
    ...[first, second, loops]: [[string | undefined, Value], [string | undefined, Value], number]
  ): Names {
    const params = new Map(this.params);
    for (const [name, value] of [first, second]) if (name !== undefined) params.set(name, value);
    return new Names([...this.contexts, context], params, loops);
  }
}

export function literal(value: Literal): Value {
  return { kind: 'literal', value };
}

function below(value: Value, segments: readonly string[]): Value {
  if (segments.length === 0) return value;
  if (value.kind !== 'person' && value.kind !== 'entry')
    throw new Untranslatable('a part of something that is worked out has no name');
  return { ...(value satisfies Source), segments: [...value.segments, ...segments] };
}
