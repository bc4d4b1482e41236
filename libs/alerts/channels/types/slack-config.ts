import { IsUrl } from 'class-validator';
import { Field } from '@millrace/sdk';

/** An incoming webhook of Slack, or of what takes the same (Mattermost, Rocket.Chat, Discord's `/slack`). */
export class SlackChannelConfig {
  @Field({ title: 'Address', description: 'Whoever knows it may post: it is kept as a secret.', secret: true })
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  url!: string;
}
