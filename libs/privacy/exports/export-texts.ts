import type { Json } from '@millrace/sdk';
import { escapeHtml } from '#platform';

type Chunks = AsyncIterable<{ section: string; items: string }>;

/** The export as one JSON object: a list by section. Made piece by piece, however much there is. */
export async function* jsonOf(chunks: Chunks): AsyncGenerator<string> {
  yield '{';
  let open: string | undefined;
  for await (const { section, items } of chunks) {
    const inner = items.slice(1, -1);
    if (section === open) {
      yield `,${inner}`;
      continue;
    }
    yield `${open === undefined ? '' : '],'}\n${JSON.stringify(section)}:[${inner}`;
    open = section;
  }
  yield `${open === undefined ? '' : ']'}}\n`;
}

/** The same for people to read, without script. */
export async function* htmlOf(chunks: Chunks): AsyncGenerator<string> {
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Your data</title>
<style>${exportStyle}</style></head><body><main><h1>Your data</h1><p>Everything that is kept about you here.</p>`;
  let open: string | undefined;
  for await (const { section, items } of chunks) {
    if (section !== open) yield `<h2>${escapeHtml(section)}</h2>`;
    open = section;
    for (const item of JSON.parse(items) as Json[]) yield `<div class="item">${shown(item)}</div>`;
  }
  yield `${open === undefined ? '<p>There is nothing.</p>' : ''}</main></body></html>\n`;
}

function shown(value: Json): string {
  if (Array.isArray(value)) return `<ul>${value.map((item) => `<li>${shown(item)}</li>`).join('')}</ul>`;
  if (typeof value === 'object' && value !== null) {
    const rows = Object.entries(value).map(([name, item]) => `<dt>${escapeHtml(name)}</dt><dd>${shown(item)}</dd>`);
    return `<dl>${rows.join('')}</dl>`;
  }
  return value === null ? '–' : escapeHtml(String(value));
}

export const exportStyle =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1d24}main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem}' +
  'h2{margin-top:2.5rem;text-transform:capitalize}.item{border:1px solid #d9dde4;border-radius:8px;padding:.75rem 1rem;margin:.75rem 0}' +
  'dl{display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.1rem 1rem;margin:0}dt{color:#5b6472}dd{margin:0;overflow-wrap:anywhere}ul{margin:0;padding-left:1.2rem}';
