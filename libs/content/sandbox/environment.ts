import { entryOf, fieldOf, registerHelpers, type HelperSecrets, type TakeNote } from '../helpers/index.ts';
import Handlebars from './handlebars.ts';
import { mostOutput, tooMuchOutput } from './output-limit.ts';

/** Handlebars with our helpers, without `log`, and with loops that count what they print. */
export function createEnvironment(note: TakeNote, secrets: HelperSecrets = {}): typeof Handlebars {
  const environment = Handlebars.create();
  const each = environment.helpers.each as Handlebars.HelperDelegate;
  environment.unregisterHelper('log');
  environment.registerHelper('each', function (this: unknown, list: unknown, ...rest: unknown[]) {
    const options = rest[rest.length - 1] as Handlebars.HelperOptions | undefined;
    return each.call(this, list, options && { ...options, fn: counted(options.fn) }) as unknown;
  });
  registerHelpers(environment, note, secrets);
  environment.registerHelper('lookup', lookupHelper(environment.helpers.lookup as Handlebars.HelperDelegate));
  // We compile trees that were parsed and guarded; a second pass over their white space would not know our traces.
  return Object.assign(environment, { parse: Handlebars.parseWithoutProcessing });
}

/** Inline as Handlebars has it; as a block, Iterable's: `{{#lookup greetings language as |found|}}`. */
function lookupHelper(inline: Handlebars.HelperDelegate): Handlebars.HelperDelegate {
  return function (this: unknown, from: unknown, key: unknown, options: Handlebars.HelperOptions) {
    if (typeof (options.fn as unknown) !== 'function')
      return inline.call(this, from, key, { ...options, lookupProperty: fieldOf }) as unknown;
    const found = entryOf(from, key);
    if (found === undefined) return options.inverse(this);
    return options.fn(this, { data: options.data as object, blockParams: [found] });
  };
}

/** Ends a loop whose output is too long already, before it fills the memory. */
function counted(fn: Handlebars.TemplateDelegate): Handlebars.TemplateDelegate {
  let length = 0;
  const count: Handlebars.TemplateDelegate = (context, options) => {
    const text = String(fn(context, options));
    length += text.length;
    if (length > mostOutput) throw tooMuchOutput();
    return text;
  };
  return Object.assign(count, fn);
}

/** The environment with those helpers only that a program names. */
export function narrowEnvironment({ helpers }: typeof Handlebars, program: hbs.AST.Program): typeof Handlebars {
  const named = new Names();
  named.accept(program);
  const isWanted = ([name]: [string, unknown]): boolean => named.all.has(name) || missing.has(name);
  return Object.assign(Handlebars.create(), {
    parse: Handlebars.parseWithoutProcessing,
    helpers: Object.fromEntries(Object.entries(helpers).filter(isWanted)),
  });
}

/** What the runtime calls by itself. */
const missing = new Set(['helperMissing', 'blockHelperMissing']);

class Names extends Handlebars.Visitor {
  readonly all = new Set<string>();

  override PathExpression({ original, parts }: hbs.AST.PathExpression): void {
    this.all.add(original);
    if (parts[0] !== undefined) this.all.add(parts[0]);
  }
}
