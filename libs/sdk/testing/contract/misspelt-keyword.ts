import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { nearestName, type JsonSchema } from '../../index.ts';

/** Legal, though nothing here looks at them, and near others. */
const known = [
  ...['example', 'note', 'iri', 'iri-reference', 'idn-email', 'idn-hostname'],
  ...['uint32', 'uint64', 'guid', 'ulid'],
];

/** They say nothing of rows: whoever misses one of them loses nothing. */
const annotations = ['title', 'description', 'examples', 'deprecated', '$comment'];

/** What a schema has that is nearly a keyword or a format. What is near none is an annotation of somebody else's, which any schema may have. */
export function misspeltKeyword({ $schema: _, ...rules }: JsonSchema): string | undefined {
  const messages: string[] = [];
  const warn = (message: string): void => void messages.push(message);
  const options = { strict: false, validateSchema: false, logger: { log: warn, warn, error: warn } } as const;
  const ofKeywords = new Ajv2020({ ...options, strictSchema: 'log', validateFormats: false });
  const ofFormats = formats.default(new Ajv2020(options));
  for (const ajv of [ofKeywords, ofFormats]) tryToCompile(ajv, rules);
  const keywords = Object.keys(ofKeywords.RULES.keywords).filter((keyword) => !annotations.includes(keyword));
  const names = { keyword: keywords, format: Object.keys(ofFormats.formats) };
  for (const message of messages) {
    const [, what, name = ''] = /unknown (keyword|format):? "([^"]*)"/.exec(message) ?? [];
    if (!what || known.includes(name) || name.startsWith('x-')) continue;
    const meant = meantBy(name, names[what as keyof typeof names]);
    if (meant !== undefined) return `an unknown ${what} "${name}" (do you mean "${meant}"?)`;
  }
  return undefined;
}

/** Letters in another order, or one that is wrong, missing or too many; of long names two. */
function meantBy(name: string, names: string[]): string | undefined {
  const letters = lettersOf(name);
  const most = name.length < 8 ? 1 : 2;
  return names.find((one) => lettersOf(one) === letters) ?? nearestName(name, names, most);
}

function lettersOf(name: string): string {
  return [...name.toLowerCase()].sort().join('');
}

function tryToCompile(ajv: Ajv2020, schema: JsonSchema): void {
  try {
    ajv.compile(schema);
  } catch {
    // what is wrong with it is told by compileSchema
  }
}
