import type Handlebars from 'handlebars';
import { guardTemplate, TemplateFault } from '../guard/index.ts';
import { knownHelpers, type RenderFrame } from '../helpers/index.ts';
import {
  instrument,
  outlineOf,
  Outcomes,
  pathsIn,
  Recorder,
  Tracer,
  type Outcome,
  type Outline,
  type Sites,
} from '../tokens/index.ts';
import { createEnvironment } from './environment.ts';
import type { ExplainedPart, RenderPart } from './protocol.ts';

interface Compiled {
  run: Handlebars.TemplateDelegate;
  /** Of a compilation that explains itself. */
  sites: Sites;
  size: number;
}

/** Letters of source that stay compiled at most. */
const cacheSize = 4_000_000;

/** Compiles and renders single templates; runs inside the sandbox's child. */
export class Engine {
  readonly #environment = createEnvironment();
  readonly #known = {
    ...Object.fromEntries([...knownHelpers.keys()].map((name) => [name, true])),
    ...Object.fromEntries(Tracer.helpers.map((name) => [name, true])),
  };
  readonly #compiled = new Map<string, Compiled>();
  #cached = 0;
  readonly #tracer = new Tracer(this.#environment);

  /** The tokens that a template names, and what else its source says. @throws TemplateFault */
  check({ source }: RenderPart): { paths: string[]; outline: Outline } {
    const program = guardTemplate(source, knownHelpers);
    return { paths: pathsIn(program), outline: outlineOf(program, source) };
  }

  /** @throws TemplateFault */
  render(part: RenderPart, row: object, frame: RenderFrame): string {
    const { run } = this.#compile(part, false);
    return runTemplate(run, row, frame);
  }

  /** The same output, once more with marks, and what was met. @throws TemplateFault */
  explain(part: RenderPart, row: object, frame: RenderFrame): ExplainedPart {
    const output = this.render(part, row, frame); // what is sent is what is rendered without marks, whatever these may do
    const { run, sites } = this.#compile(part, true);
    const recorder = new Recorder(row);
    const marked = this.#tracer.during(sites, recorder, () => runTemplate(run, row, frame));
    return { output, marked, tokens: recorder.tokens, conditions: recorder.conditions };
  }

  /** What conditions chose, and which tokens were missing. @throws TemplateFault */
  outcomes(part: RenderPart, row: object, frame: RenderFrame): Outcome[] {
    const { run, sites } = this.#compile(part, true);
    const outcomes = new Outcomes();
    this.#tracer.during(sites, outcomes, () => runTemplate(run, row, frame));
    return outcomes.end();
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
    const sites = explain ? instrument(program, source) : { tokens: [], conditions: [] };
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
