import { Injectable } from '@nestjs/common';
import { contentHash } from '#platform';
import type { Person } from '#profiles';
import { explainPart, oneLine, type PartTrace } from '../explain/index.ts';
import { Sandbox, type RenderPart } from '../sandbox/index.ts';
import type { Composed, MailPart, TemplateParts } from './composed.ts';
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
    const tokens = explained
      .flatMap((part) => part.tokens)
      .map((token) => ({ ...token, origin: token.missing ? null : origin(token.path) }));
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

function localeOf({ locale, person: { profile } }: ComposeRequest): string {
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

function timeZoneOf({ timeZone, person: { profile } }: ComposeRequest): string {
  const wanted = timeZone ?? profile.traits.timeZone;
  if (typeof wanted !== 'string') return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
