import { ArrayMaxSize, ArrayMinSize, IsArray, Matches } from 'class-validator';
import { Field, verificationSecret } from '@millrace/sdk';

export class StandardWebhooksConfig {
  @Field({
    title: 'Signing secrets',
    description:
      'whsec_… (shared) or whpk_… (the public key of a sender that signs by ed25519). Several while one replaces another.',
    secret: true,
    examples: [['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @Matches(verificationSecret, { each: true, message: 'signingSecrets must be whsec_… or whpk_… in base64' })
  signingSecrets!: string[];
}
