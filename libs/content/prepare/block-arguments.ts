import { parseTemplate } from '../guard/index.ts';
import type { BlockSource } from './sources.ts';

const head = '{{a';

/** The call that a block's arguments belong to; calls within them have their own. @throws TemplateFault */
function callWith(args: string): hbs.AST.MustacheStatement | undefined {
  if (args.trim() === '') return undefined;
  const line = args.replace(/[\r\n]/g, ' '); // columns are offsets
  return parseTemplate(`${head}${line}}}`, new Map()).body[0] as hbs.AST.MustacheStatement | undefined;
}

/** `"a" (upper b) c=1` of a snippet: what has no name gets that of the parameter in its place. @throws TemplateFault */
export function namedArguments(args: string, { params }: BlockSource): string {
  const call = callWith(args);
  if (!call || call.params.length === 0) return args;
  const offset = ({ loc }: hbs.AST.Node): number => loc.start.column - head.length;
  const [pair] = call.hash?.pairs ?? [];
  const firstNamed = pair ? offset(pair) : args.length;
  const starts = call.params.map(offset);
  const named = params.slice(0, starts.length).map(({ name }, index) => {
    return `${name}=${args.slice(starts[index], starts[index + 1] ?? firstNamed)}`;
  });
  return [args.slice(0, starts[0]), ...named, args.slice(firstNamed)].join('');
}

/** What the caller leaves out has its default; it also hides a trait of that name. @throws TemplateFault */
export function defaultsOf({ params }: BlockSource, args: string): string {
  const given = new Set(callWith(args)?.hash?.pairs.map(({ key }) => key));
  return params.map(({ name, default: value }) => (given.has(name) ? '' : ` ${name}=${literal(value)}`)).join('');
}

function literal(value: BlockSource['params'][number]['default']): string {
  return typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : String(value);
}
