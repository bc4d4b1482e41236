import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, IsUrl, Matches } from 'class-validator';
import { Field } from '@millrace/sdk';

/** What the streams understand. */
export const usualEvents = [
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.succeeded',
  'charge.failed',
  'charge.refunded',
  'invoice.paid',
  'invoice.payment_failed',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
];

export class StripeConfig {
  @Field({
    title: 'Signing secrets',
    description:
      'whsec_… of the endpoint, the newest first; several while one replaces another. Stored by registering.',
    secret: true,
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @Matches(/^whsec_\S+$/, { each: true, message: 'signingSecrets must be whsec_…' })
  signingSecrets?: string[];

  @Field({
    title: 'API key',
    description: 'To register the webhook: a restricted key that may write webhook endpoints is enough.',
    secret: true,
  })
  @IsOptional()
  @IsString()
  apiKey?: string;

  @Field({ title: 'Events', description: 'What is registered.', examples: [['customer.created']] })
  @IsArray()
  @ArrayMinSize(1)
  @IsString({ each: true })
  events: string[] = usualEvents;

  @Field({ title: 'API', bindsSecrets: true, place: false }) // rows come by webhook
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  apiUrl: string = 'https://api.stripe.com';
}
