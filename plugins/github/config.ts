import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, IsUrl, Matches, MinLength } from 'class-validator';
import { Field } from '@millrace/sdk';

export class GithubConfig {
  @Field({
    title: 'Signing secrets',
    description:
      'The newest first; several while one replaces another. Without: one is made when the webhook is registered.',
    secret: true,
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MinLength(8, { each: true })
  signingSecrets?: string[];

  @Field({
    title: 'Token',
    description: 'To register the webhook: of a user or app that may administer webhooks.',
    secret: true,
  })
  @IsOptional()
  @IsString()
  token?: string;

  @Field({
    title: 'Repository or organisation',
    description: 'Whose events are wanted. Needed to register the webhook.',
    examples: ['octo-org/octo-repo', 'octo-org'],
  })
  @IsOptional()
  @Matches(/^[\w.-]+(\/[\w.-]+)?$/, { message: 'scope must be owner/repository or an organisation' })
  scope?: string;

  @Field({ title: 'Events', description: 'What is registered; * is all.', examples: [['issues', 'star']] })
  @IsArray()
  @ArrayMinSize(1)
  @IsString({ each: true })
  events: string[] = ['*'];

  @Field({
    title: 'API',
    description: 'Another one for GitHub Enterprise Server.',
    bindsSecrets: true,
    place: false, // rows come by webhook
  })
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  apiUrl: string = 'https://api.github.com';
}
