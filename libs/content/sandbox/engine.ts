import type Handlebars from 'handlebars';
import { guardTemplate, limits, TemplateFault } from '../guard/index.ts';
import { knownHelpers, type HelperNote, type HelperSecrets, type RenderFrame } from '../helpers/index.ts';
import { assignedData, internalHelpers, liftSlots, translateDialects, withInternalHelpers } from '../prepare/index.ts';
import {
  checkFeedNames,
  instrument,
  outlineOf,
  Outcomes,
  pathsIn,
  Recorder,
  Tracer,
  rootPathsIn,
  usesIn,
  type RenderOutcome,
  type Sites,
} from '../tokens/index.ts';
import { registerBlockHelpers } from './block-helpers.ts';
import { createEnvironment, narrowEnvironment } from './environment.ts';
import { knowTheirKinds } from './identity-kinds.ts';
import { compileLean } from './lean-template.ts';
import { knowTheirSize } from './list-sizes.ts';
import type { CheckedPart, PartToCheck, PartTrace, RenderNote, RenderPart } from './protocol.ts';

/** Plain; with traces and marks; or with traces alone, whose output is the plain one. */
type Manner = 'plain' | 'explain' | 'count';

interface Compiled {
  run: Handlebars.TemplateDelegate;
  /** Of a compilation that explains itself. */
  sites?: Sites;
  /** The source asks lists for their `size`, as Iterable's do. */
  asksSizes: boolean;
  /** It names identities, perhaps by their kinds. */
  asksKinds: boolean;
  /** Values are not escaped. */
  plain: boolean;
  size: number;
}

export interface Rendered {
  output: string;
  notes?: RenderNote[];
}

/** Renders one part for one person after the other. */
export interface PartCounter {
  /** `outcomes` is a short text that is another where something else was chosen or missing. */
  count(row: object, frame: RenderFrame): Rendered & { outcomes: string };
  /** Letters of such a text. */
  sites: number;
  /** What it stands for. */
  told(outcomes: string): RenderOutcome[];
}

/** Letters of source that stay compiled at most. */
const cacheSize = 4_000_000;
const mostNotes = 200;
const noOutline = { tokens: [], conditions: [] };
const noSites = { tokens: [], conditions: [] };
const prepared = withInternalHelpers(knownHelpers);

/** Compiles and renders single templates; runs inside the sandbox's child. */
export class Engine {
  readonly #environment: typeof Handlebars;
  readonly #known = Object.fromEntries(
    [...knownHelpers.keys(), ...Object.values(internalHelpers), ...Tracer.helpers].map((name) => [name, true]),
  );
  readonly #compiled = new Map<string, Compiled>();
  #cached = 0;
  readonly #tracer: Tracer;
  #notes: HelperNote[] = [];

  /** @param onCompiling hears when compiling begins and ends: for a large template that takes longer than any mail */
  constructor(
    secrets: HelperSecrets = {},
    private readonly onCompiling: (compiling: boolean) => void = () => undefined,
  ) {
    this.#environment = createEnvironment((note) => this.#note(note), secrets);
    this.#tracer = new Tracer(this.#environment);
    registerBlockHelpers(this.#environment, (...block) => this.#tracer.enter(...block));
  }

  /** What a written template names. @throws TemplateFault */
  check({ source, params = [], stored = false }: PartToCheck): CheckedPart {
    const { program, uses } = guardTemplate(source, knownHelpers);
    translateDialects(program);
    const outline = outlineOf(program, source);
    if (!stored) checkFeedNames(program, params.includes('feeds') ? noOutline : outline);
    return {
      paths: pathsIn(program),
      rootPaths: rootPathsIn(program),
      blocks: uses,
      outline,
      ...usesIn(program, outline),
    };
  }

  /** @throws TemplateFault */
  render(part: RenderPart, row: object, frame: RenderFrame): Rendered {
    const compiled = this.#compile(part, 'plain');
    this.#notes = [];
    const output = runTemplate(compiled, contextOf(compiled, row), frame);
    return { output, ...this.#notesOf(part) };
  }

  /** What happens in a render. The mail is what `render` gives, whatever the marks may do to this one. @throws TemplateFault */
  explain(part: RenderPart, row: object, frame: RenderFrame): PartTrace {
    const compiled = this.#compile(part, 'explain');
    const context = contextOf(compiled, row);
    const recorder = new Recorder(context);
    const marked = this.#tracer.during(compiled.sites, recorder, () => runTemplate(compiled, context, frame));
    return { marked, tokens: recorder.tokens, conditions: recorder.conditions };
  }

  /** What conditions chose, and which tokens were missing. @throws TemplateFault */
  outcomes(part: RenderPart, row: object, frame: RenderFrame): RenderOutcome[] {
    const compiled = this.#compile(part, 'explain');
    const outcomes = new Outcomes(compiled.sites ?? noSites);
    this.#tracer.during(compiled.sites, outcomes, () => runTemplate(compiled, contextOf(compiled, row), frame));
    return outcomes.told(outcomes.end());
  }

  /** Compiled once for many people. @throws TemplateFault, as what it gives does */
  counting(part: RenderPart): PartCounter {
    const compiled = this.#compile(part, 'count');
    const outcomes = new Outcomes(compiled.sites ?? noSites);
    return {
      count: (row, frame) => {
        outcomes.begin();
        this.#notes = [];
        const render = (): string => runTemplate(compiled, contextOf(compiled, row), frame);
        const output = this.#tracer.during(compiled.sites, outcomes, render);
        return { output, outcomes: outcomes.end(), ...this.#notesOf(part) };
      },
      sites: outcomes.sites,
      told: (end) => outcomes.told(end),
    };
  }

  #notesOf({ name }: RenderPart): Pick<Rendered, 'notes'> {
    return this.#notes.length === 0 ? {} : { notes: this.#notes.map((note) => ({ ...note, part: name })) };
  }

  #note(note: HelperNote): void {
    if (this.#notes.length < mostNotes) this.#notes.push(note);
  }

  #compile({ source, html }: RenderPart, manner: Manner): Compiled {
    const key = `${html ? 'h' : 't'} ${manner} ${source}`;
    const known = this.#compiled.get(key);
    if (known) {
      this.#compiled.delete(key); // to the end: the oldest is forgotten first
      this.#compiled.set(key, known);
      return known;
    }
    this.onCompiling(true);
    try {
      const compiled = this.#compileAnew(source, html, manner);
      this.#remember(key, compiled);
      return compiled;
    } finally {
      this.onCompiling(false);
    }
  }

  #compileAnew(source: string, html: boolean, manner: Manner): Compiled {
    const { program } = guardTemplate(source, prepared, limits.preparedBytes);
    liftSlots(program);
    translateDialects(program);
    const sites = manner === 'plain' ? undefined : instrument(program, source, { marks: manner === 'explain' });
    const options = { knownHelpers: { ...this.#known }, knownHelpersOnly: true, noEscape: !html };
    const run = compileLean(narrowEnvironment(this.#environment, program), program, options);
    const [asksSizes, asksKinds] = [/\.size\b/.test(source), /\bidentities\b/.test(source)];
    return { run, ...(sites && { sites }), asksSizes, asksKinds, plain: !html, size: source.length + 1000 };
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

/** What #assign sets is of this part alone. */
function contextOf({ asksSizes, asksKinds }: Compiled, row: object): object {
  const context = { ...row };
  if (asksKinds) knowTheirKinds(context);
  if (asksSizes) knowTheirSize(context);
  return context;
}

function runTemplate({ run, plain }: Compiled, context: object, frame: RenderFrame): string {
  try {
    return run(context, { data: { ...frame, plain, [assignedData]: {} } });
  } catch (thrown) {
    if (thrown instanceof TemplateFault) throw thrown;
    const { message } = thrown instanceof Error ? thrown : new Error(String(thrown));
    throw new TemplateFault('template_failed', `The template could not be rendered: ${message.slice(0, 200)}.`);
  }
}
