import { touch, useOf, type Use } from '../../uses/index.ts';

/** How often a name is there: 1 for everybody; undefined where only a mapping tells that it exists. */
export type Share = number | undefined;

/** The names that templates may use, each with how many people have it. */
export class KnownNames {
  readonly #shares: ReadonlyMap<Use, Share>;
  readonly #all: readonly Use[];

  constructor(shares: ReadonlyMap<Use, Share>) {
    this.#shares = shares;
    this.#all = [...shares.keys()].sort();
  }

  /** Whether somebody has it, holds it, or has something in it. A name whose inside nobody has seen may hold anything. */
  has(path: string): boolean {
    const use = useOf(path);
    if (use === undefined || this.#shares.has(use)) return true;
    return this.#all.some((known) => touch(known, use) && (known.length > use.length || this.#isOpen(known)));
  }

  share(path: string): Share {
    const use = useOf(path);
    return use === undefined ? undefined : this.#shares.get(use);
  }

  /** The paths that stand beside one, below the same parent. */
  siblings(path: string): string[] {
    const parent = parentOf(path);
    const within = useOf(`${parent}x`)?.slice(0, -1) ?? '';
    const names = this.#all.flatMap((use) =>
      use.startsWith(within) ? (firstName(use.slice(within.length)) ?? []) : [],
    );
    return [...new Set(names)].map((name) => parent + name);
  }

  /** Every use with its share. */
  entries(): [Use, Share][] {
    return this.#all.map((use) => [use, this.#shares.get(use)]);
  }

  #isOpen(use: Use): boolean {
    return (
      this.#shares.get(use) === undefined && !this.#all.some((other) => other.length > use.length && touch(other, use))
    );
  }
}

/** `lines[*].` of `lines[*].name`. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.') + 1);
}

function firstName(rest: string): string | undefined {
  return /^[^.[]+/.exec(rest)?.[0];
}
