import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { mailParts, type ChosenBlock, type NotSent } from '../compose/index.ts';
import type { OutputPlace } from '../tokens/index.ts';
import type { Permission } from '#profiles';
import { WarningDto } from '../templates/index.ts';
import type { Preview } from './preview.service.ts';
import type { PreviewVersions } from './previewed-mail.ts';

export class OutputPlaceDto implements OutputPlace {
  @ApiProperty({ description: 'Offset of the first letter, in UTF-16 code units.', example: 212 }) start!: number;
  @ApiProperty({ description: 'Offset behind the last letter.', example: 215 }) end!: number;
}

const placesNote =
  'Where it shows in that part of the mail (`source`: in `html`). Empty where nobody can tell, as in a plain text made from the HTML.';

export class PreviewTokenDto {
  @ApiProperty({ description: 'Absolute.', example: 'lastOrder.lines.0.name' }) path!: string;
  @ApiProperty({ description: 'As the template writes it.', example: 'name' }) written!: string;
  @ApiProperty({ enum: ['text', 'condition', 'list', 'argument'], example: 'text' })
  use!: Preview['tokens'][number]['use'];

  @ApiProperty({ nullable: true, type: Object, example: 'Mug' }) value!: Preview['tokens'][number]['value'];
  @ApiProperty({ example: false }) missing!: boolean;
  @ApiProperty({ nullable: true, type: String, description: 'What showed instead.', example: null }) fallback!:
    string | null;
  @ApiProperty({ enum: mailParts, example: 'source' }) part!: Preview['tokens'][number]['part'];
  @ApiPropertyOptional({ description: 'The block that it stands in.', example: 'footer' }) block?: string;
  @ApiProperty({ description: 'In the source of that part or block; counts from 1.', example: 3 }) line!: number;
  @ApiProperty({ example: 12 }) column!: number;
  @ApiProperty({ example: 3 }) endLine!: number;
  @ApiProperty({ description: 'Behind the last letter.', example: 16 }) endColumn!: number;
  @ApiProperty({ type: [OutputPlaceDto], description: placesNote }) places!: OutputPlaceDto[];

  @ApiProperty({
    nullable: true,
    type: Object,
    description: 'Where the value came from.',
    example: {
      kind: 'trait',
      connection: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
      stream: 'customers',
      key: '17',
      at: '2025-03-01T09:00:00.000Z',
    },
  })
  origin!: Preview['tokens'][number]['origin'];

  @ApiProperty({
    nullable: true,
    enum: ['changed', 'empty', 'no_order', 'no_event', 'not_told'],
    description:
      'Why it is missing: `changes` took it away; its source says that it is empty; the person has no order or event; or no source told it.',
    example: null,
  })
  reason!: Preview['tokens'][number]['reason'];
}

export class ConditionValueDto {
  @ApiProperty({ description: 'Absolute.', example: 'lastOrder.total' }) path!: string;
  @ApiProperty({ description: 'As the template writes it.', example: 'lastOrder.total' }) written!: string;
  @ApiProperty({ nullable: true, type: Object, example: 120 }) value!: Preview['tokens'][number]['value'];
  @ApiProperty({ example: false }) missing!: boolean;
}

export class PreviewConditionDto {
  @ApiProperty({ description: 'The opening tag.', example: '{{#if (gt lastOrder.total 100)}}' }) written!: string;
  @ApiProperty({ enum: ['subject', 'preheader', 'source', 'text'], example: 'source' })
  part!: Preview['conditions'][number]['part'];
  @ApiProperty({ description: 'Of the opening tag in that part’s source; counts from 1.', example: 7 }) line!: number;
  @ApiProperty({ example: 3 }) column!: number;
  @ApiProperty({ example: 7 }) endLine!: number;
  @ApiProperty({ description: 'Behind the last letter.', example: 35 }) endColumn!: number;
  @ApiProperty({
    enum: ['then', 'else', 'nothing'],
    description: 'What shows: the part behind the opening tag, the part behind `{{else}}`, or neither.',
    example: 'then',
  })
  chosen!: Preview['conditions'][number]['chosen'];
  @ApiProperty({ description: 'How often the chosen part was gone through: more than once in a loop.', example: 1 })
  times!: number;
  @ApiProperty({ type: [ConditionValueDto], description: 'What the condition saw.' }) values!: ConditionValueDto[];
  @ApiProperty({ type: [OutputPlaceDto], description: placesNote }) places!: OutputPlaceDto[];
}

export class ChosenBlockDto implements ChosenBlock {
  @ApiProperty({ example: 'offer' }) slug!: string;
  @ApiProperty({ example: 'Offer of the week' }) name!: string;
  @ApiProperty({ nullable: true, type: String, description: 'Null for the default.', example: 'gold' }) variant!:
    string | null;
  @ApiProperty({
    nullable: true,
    type: String,
    description: 'The condition that chose it.',
    example: 'traits.tier is "gold"',
  })
  because!: string | null;
}

export class NotSentDto implements NotSent {
  @ApiProperty({ example: 'insufficient credit' }) reason!: string;
  @ApiProperty({ enum: mailParts, example: 'source' }) part!: NotSent['part'];
  @ApiPropertyOptional({ example: 'footer' }) block?: string;
  @ApiPropertyOptional({ example: 3 }) line?: number;
  @ApiPropertyOptional({ example: 12 }) column?: number;
}

export class PreviewDto implements Preview {
  @ApiProperty({ description: 'For comparing, for 15 minutes.', example: 'prv_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  id!: string;
  @ApiProperty({ example: 'Hi Ann' }) subject!: string;
  @ApiProperty({ example: 'News for Oslo' }) preheader!: string;
  @ApiProperty({ example: '<p>Hi Ann</p>' }) html!: string;
  @ApiProperty({ example: 'Hi Ann' }) text!: string;
  @ApiPropertyOptional({ example: 'Your shop' }) fromName?: string;
  @ApiProperty({ description: 'That numbers, dates and strings were written in.', example: 'de-AT' }) locale!: string;
  @ApiProperty({
    enum: ['request', 'person', 'default'],
    description: 'Who said so; `default`: neither the request nor the person.',
    example: 'person',
  })
  localeFrom!: Preview['localeFrom'];

  @ApiProperty({ type: NotSentDto, nullable: true, description: 'Why this person would not get the mail.' })
  notSent!: NotSentDto | null;

  @ApiProperty({ type: [ChosenBlockDto] }) blocks!: ChosenBlockDto[];
  @ApiProperty({ type: Object, example: { Subject: 'Hi Ann' } }) headers!: Record<string, string>;
  @ApiProperty({ description: 'SHA-256 over the mail.', example: '9f86d081884c7d65…' }) hash!: string;

  @ApiProperty({
    description: 'Sensitive traits are shown as a mask; so the hash is that of the masked mail.',
    example: false,
  })
  masked!: boolean;

  @ApiProperty({ type: [PreviewTokenDto] }) tokens!: PreviewTokenDto[];
  @ApiProperty({ type: [PreviewConditionDto], description: 'Blocks that showed or hid something.' })
  conditions!: PreviewConditionDto[];
  @ApiProperty({ type: [WarningDto] }) warnings!: WarningDto[];

  @ApiProperty({
    type: Object,
    description: 'What the preview saw.',
    example: {
      template: { id: 'tpl_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', version: 2, revision: null },
      parts: '9f86d081884c7d65…',
      blocks: [{ slug: 'footer', version: 4, revision: null, hash: '60303ae22b998861…' }],
      profile: { id: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', version: 3 },
      person: { profile: 'fd61a03af4f77d87…', orders: '4f53cda18c2baa0c…' },
      clock: '2025-03-01T09:00:00.000Z',
      locale: 'de-AT',
      defaultLocale: 'en',
      strings: '4355a46b19d348dc…',
      feeds: [{ slug: 'news', hash: '53c234e5e8472b6a…', state: 'fresh', at: '2025-03-01T08:59:00.000Z' }],
    },
  })
  versions!: PreviewVersions;

  @ApiProperty({
    nullable: true,
    type: Object,
    description: 'Whether this person may get the mail, and why; null for somebody made up.',
    example: { channel: 'email', purpose: 'marketing', basis: 'consent', allowed: false, reason: 'no_consent' },
  })
  permission!: Permission | null;

  @ApiProperty({
    description: 'Opens in a browser without a key, for 15 minutes.',
    example: 'https://millrace.example.com/previews/eyJ…',
  })
  page!: string;
}
