import { Untranslatable } from './expression.ts';

/** What of a person became which merge field. */
export interface TranslatedField {
  /** As templates name it: `firstName`, `lastOrder.total`. */
  path: string;
  field: string;
  /** Nobody told the field: it is the usual one, or made from the name. */
  assumed: boolean;
}

/** The table from what templates name to what the vendor calls it; notes what was used. */
export class Fields {
  readonly #used = new Map<string, TranslatedField>();

  constructor(
    private readonly told: Readonly<Record<string, string>>,
    private readonly usual: Readonly<Record<string, string>>,
    /** Makes a field of a path that neither knows. May throw Untranslatable. */
    private readonly make: (segments: readonly string[]) => string,
  ) {}

  get used(): TranslatedField[] {
    return [...this.#used.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Throws Untranslatable. */
  of(written: readonly string[]): string {
    const segments = written[0] === 'profile' && written[1] === 'traits' ? written.slice(2) : written;
    const path = segments.join('.');
    if (path === '') throw new Untranslatable('a whole person cannot be shown');
    if (segments[0] === 'feeds') throw new Untranslatable('feeds are read by Millrace');
    if (path === 'now') throw new Untranslatable('the moment of the mail is told by Millrace');
    const known = Object.hasOwn(this.told, path) ? this.told[path] : undefined;
    const field = known ?? (Object.hasOwn(this.usual, path) ? this.usual[path] : undefined) ?? this.make(segments);
    this.#used.set(path, { path, field, assumed: known === undefined });
    return field;
  }
}

export const unsubscribePath = 'unsubscribeUrl';
