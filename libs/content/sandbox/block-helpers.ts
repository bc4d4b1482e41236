import { internalHelpers as internal } from '../prepare/index.ts';
import Handlebars from './handlebars.ts';

/** Is told when a block begins. */
export type EnterBlock = (number: number, slug: string, inner: object, outer: unknown, parameters: string[]) => void;

interface Body {
  number: number;
  context: unknown;
  options: Handlebars.HelperOptions;
}

interface BlockData {
  /** The variant that was chosen for this person, by block. */
  variants?: Readonly<Record<string, string>>;
  /** Handlebars' own: the frame around this one. */
  _parent?: BlockData;
}

/** The helpers that prepared sources call for blocks, their variants and the bodies of layouts. */
export function registerBlockHelpers(environment: typeof Handlebars, enter: EnterBlock): void {
  /** What callers gave to layouts. Beside the frames, not in them: templates can read those. */
  const bodies = new WeakMap<object, Body>();
  environment.registerHelper(
    internal.block,
    function (this: unknown, number: number, slug: string, ...rest: unknown[]) {
      const options = rest.pop() as Handlebars.HelperOptions;
      const outer = rest.length > 0 ? rest[0] : this;
      const inner = { ...(typeof outer === 'object' ? outer : undefined), ...(options.hash as object) };
      enter(number, slug, inner, outer, Object.keys(options.hash as object));
      const data = Handlebars.createFrame(options.data as object) as BlockData;
      bodies.set(data, { number, context: this, options });
      return options.fn(inner, { data });
    },
  );
  environment.registerHelper(
    internal.variant,
    function (this: unknown, slug: string, name: string, options: Handlebars.HelperOptions) {
      const { variants = {} } = options.data as BlockData;
      const chosen = Object.hasOwn(variants, slug) ? variants[slug] : '';
      return chosen === name ? options.fn(this) : '';
    },
  );
  environment.registerHelper(internal.slot, (number: number, options: Handlebars.HelperOptions) => {
    for (let frame = options.data as BlockData | undefined; frame; frame = frame._parent) {
      const body = bodies.get(frame);
      // The body is the `{{else}}` of its layout's block: see liftSlots.
      if (body?.number === number) return body.options.inverse(body.context, { data: body.options.data as object });
    }
    return '';
  });
}
