import { Transform } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { Field } from '@millrace/sdk';

export const formats = ['auto', 'csv', 'jsonl', 'json'] as const;
export const exportFormats = ['csv', 'jsonl'] as const;

export type Format = Exclude<(typeof formats)[number], 'auto'>;

/** What to read (`path`) or to write (`output`); one of the two is needed. */
export class FileConfig {
  @Field({
    title: 'File to read',
    description:
      'A path, a glob or an http(s) address. Paths are relative to the allowed folders (MILLRACE_FILE_ROOTS).',
    place: true,
    examples: ['customers.csv', 'exports/2026-*.csv.gz', 'https://example.com/customers.csv'],
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(2_000)
  path?: string;

  @Field({ title: 'Format', description: 'auto: by the file name, else by the first bytes.' })
  @IsIn(formats)
  format: (typeof formats)[number] = 'auto';

  @Field({ title: 'Delimiter', description: 'Of CSV: one character, or auto to choose among , ; | and tab.' })
  @IsString()
  @MinLength(1)
  @MaxLength(4)
  delimiter: string = 'auto';

  @Field({
    title: 'Encoding',
    description: 'auto: byte order mark, else UTF-8 if most lines with special characters are, else windows-1252.',
    examples: ['utf-8', 'utf-16le', 'windows-1252', 'iso-8859-1', 'shift_jis'],
  })
  @IsString()
  @MaxLength(40)
  encoding: string = 'auto';

  @Field({ title: 'Compression', description: 'auto: gzip is recognised by its first bytes.' })
  @IsIn(['auto', 'gzip', 'none'])
  compression: 'auto' | 'gzip' | 'none' = 'auto';

  @Field({ title: 'First row has the column names', description: 'Without: column1, column2, …' })
  @IsBoolean()
  header: boolean = true;

  @Field({
    title: 'Key columns',
    description: 'Columns that name a record. Without: a record is what it contains.',
    examples: [['id'], ['shop', 'number']],
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => columnList(value))
  @IsArray()
  @IsString({ each: true })
  key?: string[];

  @Field({ title: 'Cursor column', description: 'Column that grows with every change, such as updated_at.' })
  @IsOptional()
  @IsString()
  cursor?: string;

  @Field({ title: 'Empty cells are null', description: 'Of CSV. Without: empty text.' })
  @IsBoolean()
  emptyAsNull: boolean = true;

  @Field({
    title: 'Path to the records',
    description: 'Of one JSON document: where the list is. Without: the document is the list.',
    place: true,
    examples: ['data.customers'],
  })
  @IsOptional()
  @IsString()
  recordsPath?: string;

  @Field({
    title: 'File to write',
    description: 'Path for exports; {run} and {date} are filled in.',
    place: true,
    examples: ['exports/people-{run}.csv'],
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(1_000)
  output?: string;

  @Field({ title: 'Format to write', description: 'Without: by the file name, else CSV.' })
  @IsOptional()
  @IsIn(exportFormats)
  outputFormat?: (typeof exportFormats)[number];

  @Field({
    title: 'Columns to write',
    description: 'Of CSV, in this order; dots reach into nested fields. Without: every field that occurs.',
    examples: [['identities.email', 'traits.firstName']],
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => columnList(value))
  @IsArray()
  @IsString({ each: true })
  columns?: string[];

  @Field({
    title: 'Guard against formulas',
    description: "Puts ' before cells that a spreadsheet would run (starting with = + - @).",
  })
  @IsBoolean()
  guardFormulas: boolean = true;
}

function columnList(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const names = value.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '');
}
