import type Handlebars from 'handlebars';
import type { Place } from '../guard/index.ts';
import type { Helper, HelperCall } from './helper.ts';
import { helpers } from './table.ts';

/** What a render tells the helpers; templates see it as `@locale`, `@timeZone`, `@now`. */
export interface RenderFrame {
  locale: string;
  timeZone: string;
  now: string;
  /** Texts of this locale by key. */
  strings?: Readonly<Record<string, string>>;
  /** The locale of those that stand in from another language; absent where there are none. */
  stringLocales?: Readonly<Record<string, string>>;
  /** Of a part that is no HTML: what blocks show is not escaped. */
  plain?: boolean;
  /** The variant that was chosen for this person, by block. */
  variants?: Readonly<Record<string, string>>;
}

/** Something that a helper met: the mail should not go out, or a text is missing. */
export interface HelperNote {
  kind: 'skip' | 'missing_string' | 'missing_entry';
  text: string;
  place?: Place;
}

export type TakeNote = (note: HelperNote) => void;

/** What helpers know and templates cannot see. */
export interface HelperSecrets {
  hmacSecret?: string;
}

/** Gives an environment all helpers of ours. */
export function registerHelpers(environment: typeof Handlebars, note: TakeNote, secrets: HelperSecrets = {}): void {
  for (const helper of helpers) environment.registerHelper(helper.name, delegateOf(helper, note, secrets));
}

function delegateOf(helper: Helper, note: TakeNote, secrets: HelperSecrets): Handlebars.HelperDelegate {
  // Most look at their arguments alone: of thousands of calls a mail, none need be described.
  if (helper.run.length < 2)
    return (...given: unknown[]) => {
      given.pop();
      return helper.run(given, undefined as never);
    };
  return function (this: unknown, ...given: unknown[]) {
    const options = given.pop() as Handlebars.HelperOptions;
    return helper.run(given, callOf(options, this, note, secrets));
  };
}

/** Handlebars' types do not know the place, and promise `fn` to inline calls too. */
type Options = Omit<Handlebars.HelperOptions, 'fn'> & {
  fn?: Handlebars.TemplateDelegate;
  loc?: hbs.AST.SourceLocation;
};

function callOf(options: Options, self: unknown, note: TakeNote, { hmacSecret }: HelperSecrets): HelperCall {
  const { hash, fn, inverse, loc } = options;
  const data = (options.data ?? {}) as Partial<RenderFrame> & { root?: object; assigned?: object };
  const { locale = 'en', timeZone = 'UTC', now = '', strings = {}, stringLocales = {}, plain = false } = data;
  const place = loc && { line: loc.start.line, column: loc.start.column + 1 };
  return {
    hash,
    locale,
    timeZone,
    now,
    strings,
    stringLocales,
    plain,
    self,
    root: data.root ?? {},
    assigned: data.assigned ?? {},
    ...(hmacSecret !== undefined && { hmacSecret }),
    note: (kind, text) => note({ kind, text, ...(place && { place }) }),
    ...(fn && {
      choose: (first: boolean) => (first ? fn(self) : inverse(self)),
      within: (context: unknown, ...blockParams: unknown[]) =>
        fn(context, { data: options.data as object, blockParams }),
      otherwise: () => inverse(self),
    }),
  };
}
