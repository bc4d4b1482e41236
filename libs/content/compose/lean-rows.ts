import { reservedNames, sharedContextOf } from './context.ts';
import { localeFor, timeZoneFor } from './languages.ts';
import type { MailRow } from './mail-row.ts';
import { onlyNames } from './needs.ts';
import type { Recipient } from './recipient.ts';

export interface LeanRowsOptions {
  clock: Date;
  defaultLocale: string;
  /** What the mail may look at, at the top of the context. */
  names: ReadonlySet<string>;
}

const ofTheMail = ['now', 'feeds', 'unsubscribeUrl'];

/**
 * Makes the rows of people whose mail takes nothing but what is known of them: no texts of a language, no feeds, no variants. For whole
 * audiences, so each is gone through once.
 */
export class LeanRows {
  readonly #now: string;
  /** Traits, and what is of the mail: nothing has to be made for them. */
  readonly #areTraits: boolean;
  readonly #traits: readonly string[];
  /** One object for all who have the same. */
  readonly #frames = new Map<string, MailRow['frame']>();

  constructor(private readonly options: LeanRowsOptions) {
    const { clock, names } = options;
    this.#now = clock.toISOString();
    const own = reservedNames.filter((name) => !ofTheMail.includes(name));
    this.#areTraits = !own.some((name) => names.has(name));
    this.#traits = [...names].filter((name) => !ofTheMail.includes(name));
  }

  of(recipient: Recipient): MailRow {
    return { text: JSON.stringify(this.#contextOf(recipient)), frame: this.#frameOf(recipient) };
  }

  #contextOf({ person, unsubscribeUrl }: Recipient): object {
    const { clock, names } = this.options;
    if (!this.#areTraits) return onlyNames(sharedContextOf(person, clock, unsubscribeUrl), names);
    const { traits } = person.profile;
    const row: Record<string, unknown> = {};
    for (const name of this.#traits) if (Object.hasOwn(traits, name)) row[name] = traits[name];
    row.now = this.#now;
    row.unsubscribeUrl = unsubscribeUrl ?? null;
    return row;
  }

  #frameOf({ person, locale: asked, timeZone: zone }: Recipient): MailRow['frame'] {
    const { locale } = localeFor(person, asked, this.options.defaultLocale);
    const timeZone = timeZoneFor(person, zone);
    const key = `${locale} ${timeZone}`;
    const known = this.#frames.get(key) ?? { locale, timeZone };
    this.#frames.set(key, known);
    return known;
  }
}
