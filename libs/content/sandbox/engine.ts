import type Handlebars from 'handlebars';
import { guardTemplate, limits, TemplateFault } from '../guard/index.ts';
import { knownHelpers, type HelperNote, type RenderFrame } from '../helpers/index.ts';
import {
  assignedData,
  internalHelpers,
  internalKnown,
  liftSlots,
  translateDialects,
  type WrittenPart,
} from '../prepare/index.ts';
import {
  instrument,
  pathsIn,
  Recorder,
  rootPathsIn,
  traceHelper,
  usesIn,
  type TokenSites,
  type TracedToken,
} from '../tokens/index.ts';
import { registerBlockHelpers } from './block-helpers.ts';
import { createEnvironment } from './environment.ts';
import { knowTheirSize } from './list-sizes.ts';
import type { CheckedPart, RenderNote, RenderPart } from './protocol.ts';

interface Compiled {
  run: Handlebars.TemplateDelegate;
  /** Of a compilation that explains itself. */
  traced?: TokenSites;
  /** The source asks lists for their `size`, as Iterable's do. */
  asksSizes: boolean;
  size: number;
}

export interface Rendered {
  output: string;
  tokens?: TracedToken[];
  notes?: RenderNote[];
}

/** Letters of source that stay compiled at most. */
const cacheSize = 4_000_000;
const mostNotes = 200;
const prepared = new Map([...knownHelpers, ...internalKnown]);

/** Compiles and renders single templates; runs inside the sandbox's child. */
export class Engine {
  readonly #environment = createEnvironment((note) => this.#note(note));
  readonly #known = Object.fromEntries(
    [...knownHelpers.keys(), ...Object.values(internalHelpers), traceHelper].map((name) => [name, true]),
  );
  readonly #compiled = new Map<string, Compiled>();
  #cached = 0;
  #tracing: (TokenSites & { recorder: Recorder }) | undefined;
  #notes: HelperNote[] = [];

  constructor() {
    this.#environment.registerHelper(
      traceHelper,
      (number: number, value: unknown, base: unknown, ...rest: unknown[]) => {
        const site = this.#tracing?.sites[number];
        if (site) this.#tracing?.recorder.record(number, site, value, base, rest.length > 1 ? rest[0] : undefined);
        return '';
      },
    );
    registerBlockHelpers(this.#environment, (number, slug, inner, outer, parameters) => {
      this.#tracing?.recorder.enter(inner, outer, slug, parameters, this.#tracing.blocks.get(number) ?? {});
    });
  }

  /** What a written template names. @throws TemplateFault */
  check({ source }: WrittenPart): CheckedPart {
    const { program, uses } = guardTemplate(source, knownHelpers);
    translateDialects(program);
    return { paths: pathsIn(program), rootPaths: rootPathsIn(program), blocks: uses, ...usesIn(program) };
  }

  /** With `explain` the same output, and the tokens that were met. @throws TemplateFault */
  render(part: RenderPart, row: object, frame: RenderFrame, explain: boolean): Rendered {
    const { run, traced, asksSizes } = this.#compile(part, explain);
    const context = { ...row }; // what #assign sets is of this part
    if (asksSizes) knowTheirSize(context);
    const recorder = traced && new Recorder(context);
    this.#tracing = traced && recorder && { ...traced, recorder };
    this.#notes = [];
    try {
      const output = runTemplate(run, context, frame);
      const notes = this.#notes.map((note): RenderNote => ({ ...note, part: part.name }));
      return { output, ...(recorder && { tokens: recorder.tokens }), ...(notes.length > 0 && { notes }) };
    } finally {
      this.#tracing = undefined;
    }
  }

  #note(note: HelperNote): void {
    if (this.#notes.length < mostNotes) this.#notes.push(note);
  }

  #compile({ source, html }: RenderPart, explain: boolean): Compiled {
    const key = `${html ? 'h' : 't'}${explain ? 'x' : '-'}${source}`;
    const known = this.#compiled.get(key);
    if (known) {
      this.#compiled.delete(key); // to the end: the oldest is forgotten first
      this.#compiled.set(key, known);
      return known;
    }
    const { program } = guardTemplate(source, prepared, limits.preparedBytes);
    liftSlots(program);
    translateDialects(program);
    const traced = explain ? instrument(program) : undefined;
    const options = { knownHelpers: { ...this.#known }, knownHelpersOnly: true, noEscape: !html };
    const run = this.#environment.compile(program, options);
    const compiled = { run, ...(traced && { traced }), asksSizes: /\.size\b/.test(source), size: source.length + 1000 };
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
    return run(row, { data: { ...frame, [assignedData]: {} } });
  } catch (thrown) {
    if (thrown instanceof TemplateFault) throw thrown;
    const { message } = thrown instanceof Error ? thrown : new Error(String(thrown));
    throw new TemplateFault('template_failed', `The template could not be rendered: ${message.slice(0, 200)}.`);
  }
}
