import { join } from 'node:path';
import type { GivenContent } from '#content';
import { contentTestKind, isFields, type ConfigDocument, type Fields } from '../config/documents/document.ts';
import { refuse, type Fault } from '../config/documents/faults.ts';
import { readDocuments } from '../config/documents/read-documents.ts';
import { resolveReferences } from '../config/references/resolve.ts';
import { checkFields } from '../config/server/check-fields.ts';
import { typesAt } from '../config/server/schema-at.ts';
import { contentTestSchema, type ContentTest } from './content-test.ts';

export interface TestPlan {
  content: GivenContent;
  tests: ContentTest[];
}

/**
 * What files say of content and of its tests; other kinds of resources are left aside.
 * @throws MillraceError with the place of everything that is wrong
 */
export async function readTestPlan(paths: string[]): Promise<TestPlan> {
  const faults: Fault[] = [];
  const content = { templates: {}, blocks: {}, strings: {}, feeds: {} } as Record<keyof GivenContent, Fields>;
  const tests: ContentTest[] = [];
  let rules: Fields = {};
  for (const document of await readDocuments(paths)) {
    const { kind, slug } = document;
    if (!kinds.includes(kind)) continue;
    const fields = await fieldsOf(document, faults);
    if (kind === contentTestKind) tests.push(testOf(document, fields));
    if (kind === 'template') content.templates[slug] = fields;
    if (kind === 'block') content.blocks[slug] = fields;
    if (kind === 'strings') content.strings[slug] = fields.texts ?? {};
    if (kind === 'feed') content.feeds[slug] = fields.fallback ?? null;
    if (kind === 'content-settings') rules = fields;
  }
  refuse(faults);
  const given = { ...content, ...rules } as unknown as GivenContent; // checked as far as composing needs it
  return { content: given, tests: tests.sort((a, b) => (a.slug < b.slug ? -1 : 1)) };
}

const kinds = [contentTestKind, 'template', 'block', 'strings', 'feed', 'content-settings'];

/** What each needs at least; the server judges the rest when it is applied. */
const required: Record<string, string[]> = {
  template: ['subject', 'source'],
  block: ['name', 'source'],
  strings: ['texts'],
};

async function fieldsOf(document: ConfigDocument, faults: Fault[]): Promise<Fields> {
  const { kind, slug } = document;
  const isTest = kind === contentTestKind;
  const { headers: _, ...open } = document.fields; // a feed's keys: nobody is asked
  const resolved = await resolveReferences(
    { ...document, fields: kind === 'feed' ? open : document.fields },
    {
      env: process.env,
      typesAt: ([first, ...rest]) => {
        if (!isTest || first === undefined) return [];
        return first === 'people'
          ? rest.length === 1
            ? ['object']
            : []
          : typesAt(contentTestSchema, [first, ...rest]);
      },
      isSecret: () => false,
    },
  );
  faults.push(...resolved.faults);
  const { fields } = resolved;
  if (isTest) {
    const wrong = checkFields(fields, contentTestSchema);
    faults.push(...wrong.map(({ path, message }) => ({ place: document.placeOf(path), message })));
    return fields;
  }
  for (const name of required[kind] ?? []) {
    const value = fields[name];
    if (name === 'texts' ? isFields(value) : typeof value === 'string') continue;
    faults.push({ place: document.placeOf([name]), message: `The ${kind} ${slug} has no ${name}. Give it one.` });
  }
  return fields;
}

function testOf({ slug, folder }: ConfigDocument, fields: Fields): ContentTest {
  const { clock, people, templates, feeds } = fields;
  return {
    slug,
    clock: clock as string,
    people: people as ContentTest['people'],
    ...(templates !== undefined && { templates: templates as string[] }),
    feeds: (feeds ?? {}) as Fields,
    folder: join(folder, `${slug}.results`),
  };
}
