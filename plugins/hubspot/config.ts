import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, IsUrl, Matches, MinLength } from 'class-validator';
import { Field } from '@millrace/sdk';

/** The kind of an event, and for changes the property. */
const topic = /^[a-z_]+\.[A-Za-z]+(:[\w-]+)?$/;

export class HubspotConfig {
  @Field({
    title: 'Client secrets',
    description: 'Of the app; several while one replaces another.',
    secret: true,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MinLength(8, { each: true })
  clientSecrets!: string[];

  @Field({ title: 'App id', description: 'To register the webhook.', examples: ['1160452'] })
  @IsOptional()
  @Matches(/^\d+$/, { message: 'appId must be a number' })
  appId?: string;

  @Field({ title: 'Developer API key', description: 'To register the webhook.', secret: true })
  @IsOptional()
  @IsString()
  developerKey?: string;

  @Field({
    title: 'Subscriptions',
    description: 'What is registered: the kind, and for changes of a property a colon and its name.',
    examples: [['contact.propertyChange:email', 'contact.creation']],
  })
  @IsArray()
  @ArrayMinSize(1)
  @Matches(topic, {
    each: true,
    message: 'subscriptions must be such as contact.creation or contact.propertyChange:email',
  })
  subscriptions: string[] = [
    'contact.creation',
    'contact.deletion',
    'contact.propertyChange:email',
    'contact.propertyChange:firstname',
    'contact.propertyChange:lastname',
    'contact.propertyChange:phone',
    'contact.propertyChange:lifecyclestage',
  ];

  @Field({ title: 'API', bindsSecrets: true, place: false }) // rows come by webhook
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  apiUrl: string = 'https://api.hubapi.com';
}
