import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';
import { Field } from '@millrace/sdk';

export class CloudeventsConfig {
  @Field({
    title: 'Tokens',
    description: 'Senders give one of them as `Authorization: Bearer …`; several while one replaces another.',
    secret: true,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MinLength(16, { each: true })
  tokens!: string[];

  @Field({
    title: 'Allowed origins',
    description:
      'Who may deliver, of senders that ask before (`WebHook-Request-Origin`). Without: anybody who has a token.',
    examples: [['eventemitter.example.com']],
  })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  allowedOrigins?: string[];

  @Field({ title: 'Allowed rate', description: 'Requests a minute that are promised to senders that ask.' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  allowedRate: number = 6_000;
}
