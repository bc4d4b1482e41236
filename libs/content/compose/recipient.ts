import type { Person } from '#profiles';
import type { TemplateContext } from './context.ts';

/** For whom a mail is. */
export interface Recipient {
  person: Person;
  /** A BCP 47 locale (default: the person's trait `locale` or `language`, else the default one). */
  locale?: string;
  /** An IANA zone (default: the person's trait `timeZone`, else UTC). */
  timeZone?: string;
  /** Overrides of the context, for made-up people. */
  data?: Partial<TemplateContext>;
  /** Traits that were put in place of the person's own: their origin is the change. */
  changed?: ReadonlySet<string>;
  /** The person is made up. */
  sample?: boolean;
  /** Where the person unsubscribes: a signed link where the mail is sent, an inert one in previews. */
  unsubscribeUrl?: string;
}
