import { Injectable } from '@nestjs/common';
import { contentHash } from '#platform';
import type { Person } from '#profiles';
import { explainPart, missingReason, oneLine, type ExplainedToken, type PartTrace } from '../explain/index.ts';
import { Sandbox, type RenderPart } from '../sandbox/index.ts';
import type { Outcome } from '../tokens/index.ts';
import type { Composed, ComposedToken, MailPart, TemplateParts } from './composed.ts';
import { contextOf, type TemplateContext } from './context.ts';
import { withPreheader } from './insert.ts';
import { originsOf, type Origin } from './origin.ts';
import { warningsOf } from './warnings.ts';

export interface ComposeRequest extends TemplateParts {
  person: Person;
  /** What `now` is; orders and events after it are left out. */
  clock: Date;
  /** A BCP 47 locale (default: the person's trait `locale` or `language`, else English). */
  locale?: string;
  /** An IANA zone (default: the person's trait `timeZone`, else UTC). */
  timeZone?: string;
  /** Overrides of the context, for made-up people. */
  data?: Partial<TemplateContext>;
  /** Traits that were put in place of the person's own: their origin is the change. */
  changed?: ReadonlySet<string>;
  /** The person is made up. */
  sample?: boolean;
}

/** The one way by which a mail comes into being: previews, test mails and exports all use it. */
@Injectable()
export class Composer {
  constructor(private readonly sandbox: Sandbox) {}

  /**
   * What conditions chose and which tokens were missing in the mails of some people, by part: `{ source: ['3:4 then'] }`; instead of the mails.
   * @throws MillraceError as `compose` does
   */
  async outcomes(
    parts: TemplateParts,
    people: readonly Person[],
    clock: Date,
  ): Promise<Partial<Record<MailPart, Outcome[]>>[]> {
    const written = partsOf(parts);
    const work = people.map((person) => {
      const frame = { locale: localeOf({ person }), timeZone: timeZoneOf({ person }), now: clock.toISOString() };
      return { parts: written, rows: [contextOf(person, clock)], frame, outcomes: true };
    });
    const rendered = await this.sandbox.render(work, { deadlineMs: 1000 + 40 * people.length });
    return rendered.map(([row]) =>
      Object.fromEntries(written.map(({ name }, index) => [name, row?.outcomes?.[index] ?? []])),
    );
  }

  /**
   * A mail for one person, with the story of each token.
   * @throws MillraceError `template_invalid`, `template_too_large`, `template_failed`, `template_timeout`
   */
  async compose(request: ComposeRequest): Promise<Composed> {
    const { person, clock } = request;
    const parts = partsOf(request);
    const context = { ...contextOf(person, clock), ...request.data };
    const frame = { locale: localeOf(request), timeZone: timeZoneOf(request), now: clock.toISOString() };
    const rows = [context];
    const [[row] = []] = await this.sandbox.render([
      { parts, rows, frame, explain: true, plainTextOf: request.text === undefined ? sourceIndex : undefined },
    ]);
    const output = (part: MailPart): string => row?.outputs[parts.findIndex(({ name }) => name === part)] ?? '';
    const preheader = finished('preheader', output('preheader'), '');
    const mail = {
      subject: finished('subject', output('subject'), ''),
      preheader,
      html: finished('source', output('source'), preheader),
      text: row?.plainText ?? output('text'),
    };
    const headers = { Subject: mail.subject, 'Content-Language': frame.locale };
    const origin = originOf(request, context);
    const final = { ...mail, source: mail.html };
    const explained = parts.map(({ name }, index) =>
      explainPart(name as MailPart, row?.explained?.[index] ?? nothing, final[name as MailPart], (rendered) =>
        finished(name as MailPart, rendered, preheader),
      ),
    );
    const tokens = explained.flatMap((part) => part.tokens).map((token) => withOrigin(token, request, context, origin));
    return {
      ...mail,
      headers,
      hash: contentHash({ ...mail, headers }),
      tokens,
      conditions: explained.flatMap(({ conditions }) => conditions),
      warnings: warningsOf(request, mail, tokens),
    };
  }
}

const sourceIndex = 1;

function partsOf({ subject, source, preheader, text }: TemplateParts): RenderPart[] {
  return [
    { name: 'subject', source: subject, html: false },
    { name: 'source', source, html: true },
    ...(preheader === undefined ? [] : [{ name: 'preheader', source: preheader, html: false }]),
    ...(text === undefined ? [] : [{ name: 'text', source: text, html: false }]),
  ];
}

/** What becomes of a rendered part on its way into the mail. */
function finished(part: MailPart, rendered: string, preheader: string): string {
  switch (part) {
    case 'subject':
    case 'preheader':
      return oneLine(rendered);
    case 'source':
      return withPreheader(rendered, preheader);
    case 'text':
      return rendered;
  }
}

function withOrigin(
  token: ExplainedToken<MailPart>,
  { changed }: ComposeRequest,
  { orders, events }: { orders: unknown; events: unknown },
  originOf: (path: string) => Origin | null,
): ComposedToken {
  const { path, missing } = token;
  const origin = originOf(path);
  if (!missing) return { ...token, origin, reason: null };
  const hasOrigin = origin?.kind === 'trait' || origin?.kind === 'order' || origin?.kind === 'event';
  const reason = missingReason({
    path,
    changed: origin?.kind === 'change' || changed?.has(path) === true,
    hasOrigin,
    orders: Array.isArray(orders) ? orders.length : 0,
    events: Array.isArray(events) ? events.length : 0,
  });
  // What nobody told has no origin; what a source left empty, or a change took away, has.
  return { ...token, origin: reason === 'empty' || reason === 'changed' ? origin : null, reason };
}

const nothing: PartTrace = { marked: '', tokens: [], conditions: [] };

function originOf(
  request: ComposeRequest,
  context: { orders: unknown; events: unknown },
): (path: string) => Origin | null {
  if (request.sample) return () => ({ kind: 'sample' });
  const known = originsOf(request.person, context);
  return (path) => {
    const [head = ''] = path.replace(/^profile\.traits\./, '').split('.');
    return request.changed?.has(head) ? { kind: 'change' } : known(path);
  };
}

function localeOf({ locale, person: { profile } }: Pick<ComposeRequest, 'locale' | 'person'>): string {
  const wanted = [locale, profile.traits.locale, profile.traits.language];
  for (const one of wanted) {
    if (typeof one !== 'string' || one === '') continue;
    try {
      return Intl.getCanonicalLocales(one.replaceAll('_', '-'))[0] ?? 'en';
    } catch {
      continue; // "English" and the like: a person's data, not the marketer's fault
    }
  }
  return 'en';
}

function timeZoneOf({ timeZone, person: { profile } }: Pick<ComposeRequest, 'timeZone' | 'person'>): string {
  const wanted = timeZone ?? profile.traits.timeZone;
  if (typeof wanted !== 'string') return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
