import { ArrayMaxSize, ArrayMinSize, IsArray, IsEmail, IsOptional, Matches } from 'class-validator';
import { Field } from '@millrace/sdk';

export class EmailChannelConfig {
  @Field({ title: 'To', examples: [['on-call@example.com']] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsEmail({}, { each: true })
  to!: string[];

  @Field({ title: 'From', description: 'Default: the setting MILLRACE_MAIL_FROM.' })
  @IsOptional()
  @IsEmail()
  from?: string;

  @Field({
    title: 'Mail server',
    description: 'smtp:// or smtps:// with user and password. Default: the setting MILLRACE_SMTP_URL.',
    secret: true,
  })
  @IsOptional()
  @Matches(/^smtps?:\/\/[^\s/]+\/?$/, { message: 'smtp must look like smtps://user:password@mail.example.com:465' })
  smtp?: string;
}
