import { IsArray, IsIn, IsInt, IsObject, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { Field, signingSecret } from '@millrace/sdk';

export class WebhookConfig {
  @Field({
    title: 'Address',
    description: 'Where rows are posted; redirects are not followed.',
    bindsSecrets: true,
    examples: ['https://example.com/hooks/people'],
  })
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  url!: string;

  @Field({
    title: 'Signing secret',
    description: 'whsec_ and 24 to 64 bytes in base64. Without: requests are not signed.',
    secret: true,
  })
  @IsOptional()
  @Matches(signingSecret, {
    message: 'secret must be whsec_ followed by 24 to 64 bytes in base64',
  })
  secret?: string;

  @Field({ title: 'Extra headers', description: 'Such as authorization; kept secret.', secret: true })
  @IsOptional()
  @IsObject()
  headers?: Record<string, string>;

  @Field({ title: 'Requests', description: 'batch: many rows in one. single: one row in each.' })
  @IsIn(['batch', 'single'])
  format: 'batch' | 'single' = 'batch';

  @Field({
    title: 'Key',
    description: 'Fields of a mapped row that name it. Without: rows can only be added.',
    examples: [['id'], ['identities.email']],
  })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  key?: string[];

  @Field({ title: 'Rows in a batch' })
  @IsInt()
  @Min(1)
  @Max(5_000)
  batchSize: number = 500;

  @Field({
    title: 'Requests at once',
    description: 'Of the format single; more than 1 gives up the order of the rows.',
  })
  @IsInt()
  @Min(1)
  @Max(20)
  concurrency: number = 1;

  @Field({ title: 'Seconds to wait for an answer' })
  @IsInt()
  @Min(1)
  @Max(120)
  timeoutSeconds: number = 20;
}
