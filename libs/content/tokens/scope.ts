import { argumentsOf, isPath, isSubExpression } from '../guard/index.ts';

/** The absolute paths that a name may stand for; none where only a render knows. */
export type Paths = readonly string[];

/** What names mean at some place of a template, as far as the source alone tells. List elements are written `[*]`, as in mappings. */
export class Scope {
  private constructor(
    /** The context and those around it, innermost last. */
    private readonly contexts: readonly Paths[],
    private readonly params: ReadonlyMap<string, Paths>,
  ) {}

  static readonly root = new Scope([['']], new Map());

  /** None also for `@index` and the like. */
  resolve({ parts, data, depth, original }: hbs.AST.PathExpression): Paths {
    const [first = '', ...rest] = parts;
    if (data) return first === 'root' ? [joined('', rest)] : [];
    const param = depth === 0 && !/^\.|this\b/.test(original) ? this.params.get(first) : undefined;
    if (param) return param.map((path) => joined(path, rest));
    const context = this.contexts[this.contexts.length - 1 - depth] ?? [];
    return context.map((path) => joined(path, parts));
  }

  /** Within the part of a block that its opening tag leads to. */
  within(block: hbs.AST.BlockStatement, name: string | undefined): Scope {
    const [given] = block.params;
    const names = (block.program as hbs.AST.Program | undefined)?.blockParams ?? []; // `{{^x}}` leads to no part
    switch (name) {
      case 'each':
      case 'minInList':
      case 'maxInList':
        return this.inner(elements(this.listed(given)), names, true);
      case 'with':
        return this.inner(given && isPath(given) ? this.resolve(given) : elements(this.listed(given)), names, true);
      case undefined: {
        // `{{#vip}}` is a loop, a `with` or an `if`: data decide.
        const value = isPath(block.path) ? this.resolve(block.path) : [];
        return this.inner([...elements(value), ...value, ...(this.contexts.at(-1) ?? [])], names, true);
      }
      case '$block':
        return this.ofBlock(block);
      default:
        return this.inner([], names, false);
    }
  }

  /** A block that was put in sees what its caller does, and its parameters. */
  private ofBlock({ params, hash }: hbs.AST.BlockStatement): Scope {
    const [, , given] = params;
    const context = given && isPath(given) ? this.resolve(given) : (this.contexts.at(-1) ?? []);
    const parameters = new Map(this.params);
    for (const { key, value } of hash?.pairs ?? []) parameters.set(key, isPath(value) ? this.resolve(value) : []);
    return new Scope([...this.contexts, context], parameters);
  }

  private inner(context: Paths, [first, ...others]: string[], isLevel: boolean): Scope {
    const params = new Map(this.params);
    if (first !== undefined) params.set(first, context);
    for (const name of others) params.set(name, []);
    return new Scope(isLevel ? [...this.contexts, context] : this.contexts, params);
  }

  /** Of a call such as `(limit orders 3)` the first path, which is what it takes from. */
  private listed(given: hbs.AST.Expression | undefined): Paths {
    if (!given) return [];
    if (isPath(given)) return this.resolve(given);
    return isSubExpression(given) ? this.listed(argumentsOf(given)[0]) : [];
  }
}

function elements(paths: Paths): Paths {
  return paths.map((path) => `${path}[*]`);
}

function joined(base: string, parts: readonly string[]): string {
  return parts.reduce((path, part) => {
    if (/^\d+$/.test(part)) return `${path}[*]`;
    return path === '' ? part : `${path}.${part}`;
  }, base);
}
