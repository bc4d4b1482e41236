import { MillraceError } from '@millrace/sdk';
import { linesOf, OfflineMails, type GivenContent } from '#content';
import type { ContentTest } from './content-test.ts';
import { mailExtensions, mailFiles, type MailFiles } from './mail-files.ts';
import { printResult, printSummary, type MailResult } from './report.ts';
import { StoredMails } from './stored-mails.ts';
import { readTestPlan } from './test-plan.ts';

export interface ContentTestOptions {
  update?: boolean;
  template?: string[];
}

/** Composes the mails that files describe and compares them with the stored ones; whether all is well. */
export async function runContentTests(paths: string[], options: ContentTestOptions, json: boolean): Promise<boolean> {
  const results: MailResult[] = [];
  for await (const result of contentTestResults(paths, options)) {
    results.push(result);
    if (!json) printResult(result);
  }
  if (json) console.log(JSON.stringify(results, null, 2));
  else printSummary(results);
  return results.every(({ state }) => ['same', 'stored', 'removed'].includes(state));
}

/** The same, mail by mail. @throws MillraceError with the place of everything that is wrong with the files */
export async function* contentTestResults(paths: string[], options: ContentTestOptions): AsyncGenerator<MailResult> {
  const { content, tests } = await readTestPlan(paths);
  if (tests.length === 0) throw nothingToTest(paths);
  for (const test of tests) yield* resultsOf(test, content, options);
}

async function* resultsOf(
  test: ContentTest,
  content: GivenContent,
  { update = false, template: only }: ContentTestOptions,
): AsyncGenerator<MailResult> {
  const templates = templatesOf(test, content).filter((slug) => only === undefined || only.includes(slug));
  const mails = new OfflineMails({ ...content, feeds: { ...content.feeds, ...test.feeds } });
  const stored = new StoredMails(test.folder);
  const expected = new Set<string>();
  try {
    for (const one of casesOf(test, templates)) {
      for (const extension of mailExtensions) expected.add(stored.pathOf(one.template, one.person, extension));
      yield {
        test: test.slug,
        template: one.template,
        person: one.person,
        ...(await resultOf(mails, stored, one, update)),
      };
    }
  } finally {
    await mails.close();
  }
  if (only !== undefined) return; // what else is stored belongs to the others
  const stale = await stored.stale(expected);
  if (update) await stored.remove(stale);
  for (const file of stale) yield { test: test.slug, state: update ? 'removed' : 'stale', message: file };
}

/** One person's mail of a template. */
interface Case {
  template: string;
  person: string;
  data: ContentTest['people'][string];
  clock: Date;
}

function casesOf({ people, clock }: ContentTest, templates: string[]): Case[] {
  return templates.flatMap((template) =>
    Object.entries(people).map(([person, data]) => ({ template, person, data, clock: new Date(clock) })),
  );
}

async function resultOf(
  mails: OfflineMails,
  stored: StoredMails,
  { template, person, data, clock }: Case,
  update: boolean,
): Promise<Pick<MailResult, 'state' | 'lines' | 'message'>> {
  try {
    const files = mailFiles(await mails.compose(template, data, clock));
    return await compared(stored, template, person, files, update);
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    return { state: 'failed', message: `${error.message}${placeText(error.details)}` };
  }
}

function templatesOf({ slug, templates }: ContentTest, content: GivenContent): string[] {
  const known = Object.keys(content.templates).sort();
  const unknown = templates?.find((one) => !known.includes(one));
  if (unknown === undefined) return templates ?? known;
  const advice = `There are: ${known.join(', ') || 'none'}.`;
  throw new MillraceError('bad_request', `The content-test ${slug} names the template "${unknown}". ${advice}`);
}

async function compared(
  stored: StoredMails,
  template: string,
  person: string,
  files: MailFiles,
  update: boolean,
): Promise<Pick<MailResult, 'state' | 'lines'>> {
  const known = await stored.read(template, person);
  const differing = mailExtensions.filter((extension) => known?.[extension] !== files[extension]);
  if (known && differing.length === 0) return { state: 'same' };
  if (update) {
    await stored.write(template, person, files);
    return { state: 'stored' };
  }
  if (!known) return { state: 'new' };
  const lines = differing.flatMap((extension) => linesOf(shortened(known[extension]), shortened(files[extension])));
  return { state: 'differs', lines };
}

/** Without what pads the preheader: it is long, and says nothing. */
function shortened(text: string): string {
  return text.replaceAll(/(?:&#847;&zwnj;&nbsp;){2,}/g, '…');
}

function placeText(details: unknown): string {
  const { part, block, line, column } = (details ?? {}) as Record<string, string | number | undefined>;
  const where = block === undefined ? part : `block ${block}`;
  return where === undefined || line === undefined ? '' : ` (${where} ${line}:${column ?? 1})`;
}

function nothingToTest(paths: string[]): MillraceError {
  const example =
    'kind: content-test\nslug: mails\nclock: 2025-03-01T09:00:00Z\npeople:\n  ann: { firstName: Ann }\n  nobody: {}';
  return new MillraceError(
    'bad_request',
    `There is no content-test in ${paths.join(', ')}. Write one beside the templates:\n\n${example}`,
  );
}
