import type Handlebars from 'handlebars';

/** What Handlebars' types leave out of what an environment has. */
interface Runtime {
  Compiler: new () => { compile(program: hbs.AST.Program, options: object): object };
  JavaScriptCompiler: new () => { compile(program: object, options: object, name: undefined, asObject: true): object };
  template(this: void, specification: object): Template;
}

type Template = Handlebars.TemplateDelegate & { _setup(options: object): void };

/** Of prototypes nothing is seen: Handlebars' own default, without its log. */
const nothing = (): object => ({ whitelist: Object.create(null) as object, defaultValue: false });
const protoAccessControl = { properties: nothing(), methods: nothing() };

/**
 * A compiled program that is set up once, with the helpers as they are. Handlebars' own `compile` does that at each render, and copies the options
 * at each call of a helper to hand it `lookupProperty`, which `lookup` alone asks for (`environment.ts`): together that takes longer than a mail. It sets up
 * partials in the way that is used here.
 */
export function compileLean(
  environment: typeof Handlebars,
  program: hbs.AST.Program,
  given: CompileOptions,
): Handlebars.TemplateDelegate {
  const { Compiler, JavaScriptCompiler, template } = environment as unknown as Runtime;
  const options = { ...given, data: true };
  const compiled = new JavaScriptCompiler().compile(new Compiler().compile(program, options), options, undefined, true);
  const run = template(compiled);
  const { helperMissing, blockHelperMissing, ...helpers } = environment.helpers;
  const hooks = { helperMissing, blockHelperMissing };
  run._setup({ partial: true, helpers, hooks, protoAccessControl, partials: {}, decorators: {} });
  run._setup = () => undefined;
  return run;
}
