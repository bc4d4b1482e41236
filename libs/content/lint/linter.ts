import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { Person } from '#profiles';
import {
  Composer,
  Preparer,
  writtenParts,
  type MailPart,
  type MailTemplate,
  type TemplateParts,
} from '../compose/index.ts';
import { Sandbox, type UnsupportedFeature } from '../sandbox/index.ts';
import type { Outline } from '../tokens/index.ts';
import type { Finding } from './finding.ts';
import { lintMail } from './lint-mail.ts';
import { LintedPart, type LintedBlock, type SampleMail } from './mail/index.ts';
import { NamesInStore } from './names/index.ts';
import { nobody, unsubscribeUrl } from './nobody.ts';

/** What a template wants of its lint; kept with it. */
export interface LintSettings {
  /** Ids of rules that are switched off. */
  off?: string[];
  /** The mail clients that matter, as caniemail.com names them; default: `usualClients`. */
  clients?: string[];
}

export interface LintRequest {
  parts: TemplateParts;
  blocks?: MailTemplate['blocks'];
  purpose?: string;
  settings?: LintSettings;
  /** Real people whose mail is looked at besides that of somebody of whom nothing is known. */
  people?: readonly { whose: string; person: Person }[];
}

/** The clients of most people who open mails. */
export const usualClients: readonly string[] = [
  'apple-mail.*',
  'gmail.*',
  'outlook.*',
  'yahoo.*',
  'samsung-email.android',
];

const empty: Outline = { tokens: [], conditions: [] };

/** Finds what is wrong with a template, before and after it is rendered. */
@Injectable()
export class Linter {
  constructor(
    private readonly sandbox: Sandbox,
    private readonly composer: Composer,
    private readonly preparer: Preparer,
    private readonly names: NamesInStore,
  ) {}

  /** A template that does not parse or render is a finding too. @throws MillraceError `service_unavailable` */
  async lint({
    parts,
    blocks = [],
    purpose = 'marketing',
    settings = {},
    people = [],
  }: LintRequest): Promise<Finding[]> {
    const off = new Set(settings.off);
    const broken: Finding[] = [];
    const linted = await this.#outlined(parts, broken);
    const samples = broken.length > 0 ? [] : await this.#samples({ ...parts, blocks }, people, broken);
    const looksAtClients = !off.has('client-support') && samples.some(({ blank }) => blank);
    const unsupported = looksAtClients
      ? await this.#unsupported({ ...parts, blocks }, settings.clients, broken)
      : undefined;
    const prepared = samples.length > 0 ? (await this.preparer.prepare({ ...parts, blocks })).parts : undefined;
    const names = await this.names.get();
    const mail = { parts: linted, blocks: blocks.flatMap(lintedBlock), prepared, samples, names, purpose, unsupported };
    return [...broken, ...lintMail(mail, off)];
  }

  async #outlined(parts: TemplateParts, broken: Finding[]): Promise<LintedPart[]> {
    const outlined: LintedPart[] = [];
    for (const part of writtenParts(parts)) {
      const task = this.sandbox.check([part]);
      const checked = await orFinding('syntax', broken, task);
      outlined.push(new LintedPart(part.name as MailPart, part.source, checked?.[0]?.outline ?? empty));
    }
    return outlined;
  }

  async #samples(template: MailTemplate, people: LintRequest['people'] = [], broken: Finding[]): Promise<SampleMail[]> {
    const all = [{ whose: 'for somebody of whom nothing is known', person: nobody, blank: true }];
    const samples: SampleMail[] = [];
    for (const { whose, person, blank } of [...all, ...people.map((one) => ({ ...one, blank: false }))]) {
      const request = { ...template, person, unsubscribeUrl, clock: new Date() };
      const severity = blank ? 'error' : 'warning'; // data of one person keeps nobody from publishing
      const composing = this.composer.compose(request);
      const mail = await orFinding('rendering', broken, composing, `The mail ${whose} fails. `, severity);
      if (mail) samples.push({ whose, mail, blank });
    }
    return samples;
  }

  /** Without the preheader, which we hide ourselves in ways that some clients lack and others need. */
  async #unsupported(
    { preheader: _, ...template }: MailTemplate,
    clients: readonly string[] = usualClients,
    broken: Finding[],
  ): Promise<UnsupportedFeature[] | undefined> {
    const { html } = await this.composer.compose({ ...template, person: nobody, clock: new Date() });
    return orFinding('client-support', broken, this.sandbox.unsupported(html, [...clients]), '', 'warning');
  }
}

/** Its sources as rules look at them: that of each variant, too. */
function lintedBlock({ slug, source, variants }: NonNullable<LintRequest['blocks']>[number]): LintedBlock[] {
  const sources = [source, ...variants.map((variant) => variant.source)];
  return sources.map((one) => ({ slug, part: new LintedPart('source', one, empty) }));
}

/** Faults of the template are findings; anything else is thrown. */
async function orFinding<T>(
  rule: string,
  broken: Finding[],
  task: Promise<T>,
  before = '',
  severity: Finding['severity'] = 'error',
): Promise<T | undefined> {
  try {
    return await task;
  } catch (error) {
    if (!(error instanceof MillraceError) || !error.code.startsWith('template_')) throw error;
    broken.push({ rule, severity, message: before + error.message, ...placeIn(error.details) });
    return undefined;
  }
}

function placeIn(details: unknown): Partial<Finding> {
  const { part, line, column } = (details ?? {}) as { part?: MailPart; line?: number; column?: number };
  if (line === undefined || column === undefined) return part === undefined ? {} : { part };
  return { ...(part && { part }), line, column, endLine: line, endColumn: column };
}
