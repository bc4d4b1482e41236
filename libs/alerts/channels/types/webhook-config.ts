import { IsOptional, IsUrl, Matches } from 'class-validator';
import { Field, signingSecret } from '@millrace/sdk';

/** Any endpoint that takes JSON, signed as Standard Webhooks says. */
export class WebhookChannelConfig {
  @Field({ title: 'Address', bindsSecrets: true, examples: ['https://example.com/hooks/millrace'] })
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  url!: string;

  @Field({
    title: 'Signing secret',
    description: 'whsec_ and 24 to 64 bytes in base64. Without: messages are not signed.',
    secret: true,
  })
  @IsOptional()
  @Matches(signingSecret, { message: 'secret must be whsec_ followed by 24 to 64 bytes in base64' })
  secret?: string;
}
