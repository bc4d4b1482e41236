import type Handlebars from 'handlebars';
import { guardTemplate, TemplateFault } from '../guard/index.ts';
import { knownHelpers, type RenderFrame } from '../helpers/index.ts';
import {
  instrument,
  pathsIn,
  Recorder,
  rootPathsIn,
  traceHelper,
  type TokenSite,
  type TracedToken,
} from '../tokens/index.ts';
import { createEnvironment } from './environment.ts';
import type { CheckedPart, RenderPart } from './protocol.ts';

interface Compiled {
  run: Handlebars.TemplateDelegate;
  /** Of a compilation that explains itself. */
  sites: TokenSite[];
  size: number;
}

/** Letters of source that stay compiled at most. */
const cacheSize = 4_000_000;

/** Compiles and renders single templates; runs inside the sandbox's child. */
export class Engine {
  readonly #environment = createEnvironment();
  readonly #known = {
    ...Object.fromEntries([...knownHelpers.keys()].map((name) => [name, true])),
    [traceHelper]: true,
  };
  readonly #compiled = new Map<string, Compiled>();
  #cached = 0;
  #tracing: { sites: TokenSite[]; recorder: Recorder } | undefined;

  constructor() {
    this.#environment.registerHelper(
      traceHelper,
      (number: number, value: unknown, base: unknown, ...rest: unknown[]) => {
        const site = this.#tracing?.sites[number];
        if (site) this.#tracing?.recorder.record(site, value, base, rest.length > 1 ? rest[0] : undefined);
        return '';
      },
    );
  }

  /** The tokens that a template names. @throws TemplateFault */
  check({ source }: RenderPart): CheckedPart {
    const program = guardTemplate(source, knownHelpers);
    return { paths: pathsIn(program), rootPaths: rootPathsIn(program) };
  }

  /** @throws TemplateFault */
  render(part: RenderPart, row: object, frame: RenderFrame): string {
    const { run } = this.#compile(part, false);
    return runTemplate(run, row, frame);
  }

  /** The same output, and the tokens that were met. @throws TemplateFault */
  explain(part: RenderPart, row: object, frame: RenderFrame): { output: string; tokens: TracedToken[] } {
    const { run, sites } = this.#compile(part, true);
    const recorder = new Recorder(row);
    this.#tracing = { sites, recorder };
    try {
      return { output: runTemplate(run, row, frame), tokens: recorder.tokens };
    } finally {
      this.#tracing = undefined;
    }
  }

  #compile({ source, html }: RenderPart, explain: boolean): Compiled {
    const key = `${html ? 'h' : 't'}${explain ? 'x' : '-'}${source}`;
    const known = this.#compiled.get(key);
    if (known) {
      this.#compiled.delete(key); // to the end: the oldest is forgotten first
      this.#compiled.set(key, known);
      return known;
    }
    const program = guardTemplate(source, knownHelpers);
    const sites = explain ? instrument(program) : [];
    const options = { knownHelpers: { ...this.#known }, knownHelpersOnly: true, noEscape: !html };
    const compiled = { run: this.#environment.compile(program, options), sites, size: source.length + 1000 };
    this.#remember(key, compiled);
    return compiled;
  }

  #remember(key: string, compiled: Compiled): void {
    this.#compiled.set(key, compiled);
    this.#cached += compiled.size;
    for (const [oldest, { size }] of this.#compiled) {
      if (this.#cached <= cacheSize) return;
      this.#compiled.delete(oldest);
      this.#cached -= size;
    }
  }
}

function runTemplate(run: Handlebars.TemplateDelegate, row: object, frame: RenderFrame): string {
  try {
    return run(row, { data: { ...frame } });
  } catch (thrown) {
    if (thrown instanceof TemplateFault) throw thrown;
    const { message } = thrown instanceof Error ? thrown : new Error(String(thrown));
    throw new TemplateFault('template_failed', `The template could not be rendered: ${message.slice(0, 200)}.`);
  }
}
