import type Handlebars from 'handlebars';
import type { Helper, HelperCall } from './helper.ts';
import { helpers } from './table.ts';

/** What a render tells the helpers; templates see it as `@locale`, `@timeZone`, `@now`. */
export interface RenderFrame {
  locale: string;
  timeZone: string;
  now: string;
}

/** Gives an environment all helpers of ours. */
export function registerHelpers(environment: typeof Handlebars): void {
  for (const helper of helpers) environment.registerHelper(helper.name, delegateOf(helper));
}

function delegateOf(helper: Helper): Handlebars.HelperDelegate {
  return function (this: unknown, ...given: unknown[]) {
    const options = given.pop() as Handlebars.HelperOptions;
    return helper.run(given, callOf(options, this));
  };
}

function callOf({ hash, data, fn, inverse }: Handlebars.HelperOptions, self: unknown): HelperCall {
  const { locale = 'en', timeZone = 'UTC', now = '' } = (data ?? {}) as Partial<RenderFrame>;
  // Inline calls get no `fn`, whatever Handlebars' types say.
  const isBlock = typeof (fn as unknown) === 'function';
  return {
    hash,
    locale,
    timeZone,
    now,
    ...(isBlock && { choose: (first: boolean) => (first ? fn(self) : inverse(self)) }),
  };
}
