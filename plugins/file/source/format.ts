import type { FileConfig, Format } from '../config.ts';
import type { DecodedFile } from './decoded-file.ts';

const byExtension: Record<string, Format> = { csv: 'csv', tsv: 'csv', jsonl: 'jsonl', ndjson: 'jsonl' };

/** The declared format, or that of the file name, or of the first characters (`.json` may hold either kind of JSON). */
export function formatOf(file: DecodedFile, config: FileConfig): Format {
  if (config.format !== 'auto') return config.format;
  const extension = /\.([a-z]+)(\.gz)?$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return byExtension[extension] ?? byContent(file);
}

function byContent({ head, encoding }: DecodedFile): Format {
  const text = head.toString('utf8', encoding.markBytes).trimStart();
  if (text.startsWith('[')) return 'json';
  if (!text.startsWith('{')) return 'csv';
  const [first = '', ...others] = text.split(/\r?\n/);
  return isJson(first) && others.some((line) => line.trim() !== '') ? 'jsonl' : 'json';
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
