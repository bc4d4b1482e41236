import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Field } from '@millrace/sdk';
import { StreamConfig } from './stream-config.ts';

export const authKinds = ['none', 'bearer', 'basic', 'header', 'query', 'oauth2'] as const;

const isOAuth2 = ({ auth }: HttpJsonConfig): boolean => auth === 'oauth2';

export class HttpJsonConfig {
  @Field({
    title: 'Base URL',
    description: 'Paths are relative to it.',
    bindsSecrets: true,
    examples: ['https://api.example.com/v2'],
  })
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  baseUrl!: string;

  @Field({
    title: 'Sign-in',
    description:
      'bearer: Authorization: Bearer <token>. basic: user and password. header, query: the token under a name of its own. oauth2: access tokens that are asked for and renewed.',
  })
  @IsIn(authKinds)
  auth: (typeof authKinds)[number] = 'none';

  @Field({ title: 'Token', description: 'For bearer, header and query.', secret: true })
  @ValidateIf(({ auth }: HttpJsonConfig) => auth === 'bearer' || auth === 'header' || auth === 'query')
  @IsString()
  @MinLength(1)
  token?: string;

  @Field({
    title: 'Name of the token',
    description: 'Header or query parameter that carries it.',
    examples: ['x-api-key', 'api_key'],
  })
  @ValidateIf(({ auth }: HttpJsonConfig) => auth === 'header' || auth === 'query')
  @Matches(/^[\w.-]{1,80}$/, { message: 'tokenName must be letters, digits, _, . and -' })
  tokenName?: string;

  @Field({ title: 'User', description: 'For basic.' })
  @ValidateIf(({ auth }: HttpJsonConfig) => auth === 'basic')
  @IsString()
  username?: string;

  @Field({ title: 'Password', description: 'For basic.', secret: true })
  @ValidateIf(({ auth }: HttpJsonConfig) => auth === 'basic')
  @IsString()
  password?: string;

  @Field({
    title: 'Token URL',
    description: 'For oauth2: the address that gives access tokens.',
    bindsSecrets: true,
    place: false,
    examples: ['https://login.example.com/oauth/token'],
  })
  @ValidateIf(isOAuth2)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  tokenUrl?: string;

  @Field({ title: 'Client id', description: 'For oauth2.' })
  @ValidateIf(isOAuth2)
  @IsString()
  @MinLength(1)
  clientId?: string;

  @Field({ title: 'Client secret', description: 'For oauth2.', secret: true })
  @ValidateIf(isOAuth2)
  @IsString()
  @MinLength(1)
  clientSecret?: string;

  @Field({
    title: 'Sign-in page',
    description:
      'For oauth2: where somebody signs in and lets the client act for him. POST …/sign-in gives the link to it.',
    place: false,
    examples: ['https://login.example.com/oauth/authorize'],
  })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  authorizeUrl?: string;

  @Field({
    title: 'Sign-in parameters',
    description: 'For oauth2: what the sign-in page wants besides.',
    examples: [{ access_type: 'offline', prompt: 'consent' }],
  })
  @IsOptional()
  @IsObject()
  authorizeParameters?: Record<string, string>;

  @Field({
    title: 'Refresh token',
    description:
      'For oauth2, where the client acts for somebody who has signed in elsewhere. With neither this nor a sign-in page it acts for itself.',
    secret: true,
  })
  @IsOptional()
  @IsString()
  refreshToken?: string;

  @Field({ title: 'Scopes', description: 'For oauth2. Without: those that the API gives by itself.' })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  scopes?: string[];

  @Field({
    title: 'Client in',
    description: 'For oauth2. header: id and secret by HTTP Basic. body: as client_id and client_secret.',
  })
  @IsIn(['header', 'body'])
  clientIn: 'header' | 'body' = 'header';

  @Field({
    title: 'Token parameters',
    description: 'For oauth2: what the token URL wants besides.',
    examples: [{ audience: 'https://api.example.com' }],
  })
  @IsOptional()
  @IsObject()
  tokenParameters?: Record<string, string>;

  @Field({ title: 'Extra headers', description: 'Sent with every request; kept secret.', secret: true })
  @IsOptional()
  @IsObject()
  headers?: Record<string, string>;

  @Field({ title: 'Rate', description: 'At most so many requests, over all workers.', examples: ['10/s', '600/min'] })
  @IsOptional()
  @Matches(/^\d+\/(s|min|h)$/, { message: 'rate must be such as 10/s, 600/min or 5000/h' })
  rate?: `${number}/${'s' | 'min' | 'h'}`;

  @Field({
    title: 'Path to check',
    description: 'Asked to test the connection. Without: the first stream.',
    examples: ['/me'],
  })
  @IsOptional()
  @Matches(/^\/(?!\/)/, { message: 'checkPath must begin with one /' })
  checkPath?: string;

  @Field({ title: 'Streams' })
  @IsArray()
  @ArrayMinSize(1)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => StreamConfig)
  streams!: StreamConfig[];
}
