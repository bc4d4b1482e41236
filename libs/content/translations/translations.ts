import { Injectable } from '@nestjs/common';
import { Preparer, writtenPlace, type PreparedMail, type TemplateParts } from '../compose/index.ts';
import type { MailPart } from '../compose/index.ts';
import { Sandbox } from '../sandbox/index.ts';
import { Templates, type GivenTemplate } from '../templates/index.ts';
import type { TranslatedField, Vendor } from '../translate/index.ts';

export interface TranslationRequest extends GivenTemplate {
  vendor: Vendor;
  /** Paths of templates (`firstName`) to the vendor's fields. */
  fields?: Record<string, string>;
}

/** Something that the vendor has no words for. In the mail it stands in ⟦ ⟧. */
export interface UntranslatedTag {
  part: MailPart;
  /** The reusable block that it stands in. */
  block?: string;
  line?: number;
  column?: number;
  written: string;
  reason: string;
}

export interface Translation {
  vendor: Vendor;
  /** Always false: nobody has compared what the vendor makes of it. */
  proven: false;
  mail: Omit<TemplateParts, 'format' | 'source'> & { html: string };
  /** Which field each thing became. */
  fields: TranslatedField[];
  untranslated: UntranslatedTag[];
  /** What is not as it is in Millrace, as sentences. */
  lost: string[];
}

/** Templates in the words of other mail platforms. */
@Injectable()
export class Translations {
  constructor(
    private readonly templates: Templates,
    private readonly preparer: Preparer,
    private readonly sandbox: Sandbox,
  ) {}

  /** @throws MillraceError `bad_request`, `template_not_found`, `template_invalid`, `template_too_large`, `template_timeout` */
  async translate({ vendor, fields = {}, ...given }: TranslationRequest): Promise<Translation> {
    const { parts, blocks } = await this.templates.given(given);
    const prepared = await this.preparer.prepare({ ...parts, blocks });
    const work = { parts: prepared.parts.map(({ name, source, html }) => ({ name, source, html })), vendor, fields };
    const translated = await this.sandbox.translate(work);
    const textOf = (name: string): string | undefined => translated.parts.find((part) => part.name === name)?.text;
    const optional = ['preheader', 'text', 'fromName', 'replyTo'].map((name) => [name, textOf(name)] as const);
    const written = optional.filter(([, text]) => text !== undefined);
    return {
      vendor,
      proven: false,
      mail: { subject: textOf('subject') ?? '', html: textOf('source') ?? '', ...Object.fromEntries(written) },
      fields: translated.fields,
      untranslated: translated.parts.flatMap(({ name, untranslated }) =>
        untranslated.map(({ line, column, ...tag }) => ({
          ...writtenPlace(prepared, { part: name, place: { line, column } }),
          ...tag,
        })),
      ),
      lost: [...translated.lost, ...lostOf(prepared)],
    };
  }
}

function lostOf({ parts, strings }: PreparedMail): string[] {
  const has = (name: string): boolean => parts.some((part) => part.name === name);
  return [
    ...(parts.some(({ css }) => css === 'person')
      ? [
          'Style sheets stay as they are: which elements they match depends on the person, so Millrace inlines them for each.',
        ]
      : []),
    ...(has('text') ? [] : ['The plain text is made by the vendor, not by Millrace.']),
    ...(has('preheader') ? ['The preheader is a field of its own: Millrace puts it into the HTML itself.'] : []),
    ...(strings.length > 0 ? ['Texts by language are kept in Millrace.'] : []),
  ];
}
