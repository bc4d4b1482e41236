import { Injectable } from '@nestjs/common';
import { contentHash } from '#platform';
import type { Person } from '#profiles';
import { Sandbox, type RenderPart } from '../sandbox/index.ts';
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
  /** Where the person unsubscribes: a signed link where the mail is sent, an inert one in previews. */
  unsubscribeUrl?: string;
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
    const context = { ...contextOf(person, clock, request.unsubscribeUrl), ...request.data };
    const frame = { locale: localeOf(request), timeZone: timeZoneOf(request), now: clock.toISOString() };
    const rows = [context];
    const [[row] = []] = await this.sandbox.render([
      { parts, rows, frame, explain: true, plainTextOf: request.text === undefined ? sourceIndex : undefined },
    ]);
    const output = (part: MailPart): string => row?.outputs[parts.findIndex(({ name }) => name === part)] ?? '';
    const preheader = oneLine(output('preheader'));
    const mail = {
      subject: oneLine(output('subject')),
      preheader,
      html: withPreheader(output('source'), preheader),
      text: row?.plainText ?? output('text'),
    };
    const headers = { Subject: mail.subject, 'Content-Language': frame.locale };
    const tokens = tokensOf(parts, row?.tokens ?? [], originOf(request, context));
    return {
      ...mail,
      headers,
      hash: contentHash({ ...mail, headers }),
      tokens,
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

/** A header is one line; whatever data brings, it cannot start another header. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function tokensOf(
  parts: RenderPart[],
  traced: ComposedTokens,
  origin: (path: string) => Origin | null,
): ComposedToken[] {
  return parts.flatMap(({ name }, index) =>
    (traced[index] ?? []).map((token) => ({
      ...token,
      part: name as MailPart,
      origin: token.missing ? null : origin(token.path),
    })),
  );
}

type ComposedTokens = Omit<ComposedToken, 'part' | 'origin'>[][];

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
