import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsOptional, Matches } from 'class-validator';
import { Field } from '@millrace/sdk';

export class SendgridEventsConfig {
  @Field({
    title: 'Verification keys',
    description:
      'The public keys of signed event webhooks, as SendGrid shows them; several while one replaces another.',
    secret: true,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @Matches(/^[A-Za-z0-9+/]{80,200}={0,2}$/, {
    each: true,
    message: 'verificationKeys must be keys as SendGrid shows them',
  })
  verificationKeys!: string[];

  @Field({
    title: 'Purposes of unsubscribe groups',
    description: 'By the id of the group. Without: what somebody leaves or joins is marketing.',
    examples: [{ '14483': 'newsletter' }],
  })
  @IsOptional()
  @IsObject()
  groupPurposes?: Record<string, string>;
}
