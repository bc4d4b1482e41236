import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, IsUrl, Matches, MinLength } from 'class-validator';
import { Field } from '@millrace/sdk';

export class ShopifyConfig {
  @Field({
    title: 'Client secrets',
    description:
      'Of the app that subscribes, or the secret that the admin shows below its webhooks; several while one replaces another, the newest first.',
    secret: true,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MinLength(8, { each: true })
  clientSecrets!: string[];

  @Field({
    title: 'Shop',
    description: 'Needed to register the webhook.',
    examples: ['https://johns-apparel.myshopify.com'],
    bindsSecrets: true,
    place: false, // rows come by webhook
  })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  shopUrl?: string;

  @Field({
    title: 'Client id',
    description: 'Of the app, to register the webhook: access tokens are asked for with it and the client secret.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  clientId?: string;

  @Field({
    title: 'Access token',
    description: 'Instead of the client id, of an app that was made in the admin before 2026.',
    secret: true,
  })
  @IsOptional()
  @IsString()
  accessToken?: string;

  @Field({ title: 'API version' })
  @Matches(/^\d{4}-\d{2}$/, { message: 'apiVersion must be such as 2026-07' })
  apiVersion: string = '2026-07';

  @Field({ title: 'Topics', description: 'What is registered.', examples: [['orders/create', 'customers/update']] })
  @IsArray()
  @ArrayMinSize(1)
  @Matches(/^[a-z_]+\/[a-z_]+$/, { each: true, message: 'topics must be such as orders/create' })
  topics: string[] = [
    'customers/create',
    'customers/update',
    'customers/delete',
    'customers_email_marketing_consent/update',
    'customers_marketing_consent/update',
    'orders/create',
    'orders/updated',
    'orders/delete',
    'checkouts/create',
    'checkouts/update',
  ];
}
