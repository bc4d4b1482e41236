import { isMap, isNode, isScalar, LineCounter, parseAllDocuments, type Document } from 'yaml';
import { messageOf } from '@millrace/sdk';
import { isFields, type ConfigDocument, type Path } from './document.ts';
import type { Fault } from './faults.ts';

export interface SourceText {
  /** As it is shown in faults. */
  file: string;
  folder: string;
  text: string;
}

interface Parsed {
  documents: ConfigDocument[];
  faults: Fault[];
}

const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The resources in a file of one or more YAML documents. */
export function parseDocuments({ file, folder, text }: SourceText): Parsed {
  const lines = new LineCounter();
  const parsed: Parsed = { documents: [], faults: [] };
  const placeAt = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const all = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  for (const document of Array.isArray(all) ? all : []) {
    const broken = [...document.errors, ...document.warnings];
    parsed.faults.push(...broken.map(({ pos, message }) => ({ place: placeAt(pos[0]), message })));
    if (broken.length > 0 || document.contents === null || isEmpty(document)) continue;
    const placeOf = (path: Path): string => placeAt(offsetOf(document, path));
    try {
      parsed.documents.push(documentIn(document.toJS(), { file, folder, placeOf }));
    } catch (error) {
      parsed.faults.push({ place: placeOf([]), message: messageOf(error) });
    }
  }
  return parsed;
}

function documentIn(value: unknown, where: Pick<ConfigDocument, 'file' | 'folder' | 'placeOf'>): ConfigDocument {
  if (!isFields(value)) throw new Error('must be fields: `kind`, `slug` and what the kind has.');
  const { kind, slug, ...fields } = value;
  if (typeof kind !== 'string') throw new Error('`kind` is missing: it says what this is, e.g. `kind: connection`.');
  if (typeof slug !== 'string' || !slugPattern.test(slug))
    throw new Error('`slug` must be lower case letters, digits and hyphens, at most 63.');
  return { kind, slug, fields, ...where };
}

function isEmpty({ contents }: Document): boolean {
  return isScalar(contents) && contents.value === null;
}

/** Of the key that the path ends at, or of the deepest one on the way. */
function offsetOf(document: Document, path: Path): number {
  let offset = document.contents?.range?.[0] ?? 0;
  for (let depth = 1; depth <= path.length; depth += 1) {
    const name = path[depth - 1];
    const around: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = isMap(around) ? around.items.find((pair) => isScalar(pair.key) && pair.key.value === name)?.key : null;
    const found = key ?? document.getIn(path.slice(0, depth), true);
    if (!isNode(found)) break;
    offset = found.range?.[0] ?? offset;
  }
  return offset;
}
