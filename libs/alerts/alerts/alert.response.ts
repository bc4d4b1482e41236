import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AlertMessage } from '../messages/message.schema.ts';
import { alertKinds, subjectOf, type AlertKind } from '../rules/rule.schema.ts';
import type { Alert, AlertedSync } from './alert.schema.ts';
import type { AlertView } from './alerts.ts';

class AlertRuleRef {
  @ApiProperty({ example: 'rul_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) id!: string;
  @ApiPropertyOptional({ description: 'Absent: the rule was removed.', example: 'nightly-imports' }) slug?: string;
  @ApiPropertyOptional({ example: 'Nightly imports' }) name?: string;
}

/** A sync, a trigger or requests in an alert. */
class AlertedResponse {
  @ApiProperty({
    description: 'The id of a sync, the slug of a trigger, `late` or `near` of requests.',
    example: 'syn_01J9Z3K7M2Q4R8T6V0X5Y1W3B7',
  })
  id!: string;
  @ApiPropertyOptional({ example: 'shop-customers' }) slug?: string;
  @ApiProperty({ example: 'Shop customers' }) name!: string;
  @ApiProperty() since!: string;
  @ApiPropertyOptional() recoveredAt?: string;
  @ApiPropertyOptional({ description: 'It has not recovered: it is not watched any more.', example: true })
  withdrawn?: true;
  @ApiPropertyOptional({ example: 'run_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) run?: string;
  @ApiPropertyOptional({ example: 'unreachable' }) code?: string;
  @ApiPropertyOptional({ description: 'Of requests: how many.', example: 12 }) count?: number;
  @ApiProperty({ example: 'db.example.com:5432 cannot be reached. Check host and port.' }) message!: string;

  static of({
    sync,
    slug,
    name,
    since,
    recoveredAt,
    withdrawn,
    run,
    code,
    count,
    message,
  }: AlertedSync): AlertedResponse {
    return {
      id: sync,
      slug,
      name,
      since: since.toISOString(),
      recoveredAt: recoveredAt?.toISOString(),
      withdrawn,
      run,
      code,
      count,
      message,
    };
  }
}

class AcknowledgedDto {
  @ApiProperty() at!: string;
  @ApiProperty({ description: 'Name of the key.', example: 'ops' }) by!: string;
}

/** An alert as the API shows it. */
export class AlertResponse {
  @ApiProperty({ example: 'alr_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) id!: string;
  @ApiProperty({ enum: ['open', 'recovered'], example: 'open' }) state!: Alert['state'];
  @ApiProperty({ type: AlertRuleRef }) rule!: AlertRuleRef;
  @ApiProperty({ enum: alertKinds, example: 'failed' }) kind!: AlertKind;
  @ApiPropertyOptional({
    description: 'The connection that is the cause.',
    example: 'con_01J9Z3K7M2Q4R8T6V0X5Y1W3B7',
  })
  connection?: string;
  @ApiProperty({ type: [AlertedResponse] }) syncs!: AlertedResponse[];
  @ApiProperty({ type: [AlertedResponse], description: 'Of `triggerFailing` and `triggerHeld`.', example: [] })
  triggers!: AlertedResponse[];
  @ApiProperty({
    type: [AlertedResponse],
    description: 'Of `privacyDue`: the requests that are late, and those that are due within three days.',
    example: [],
  })
  requests!: AlertedResponse[];
  @ApiProperty() openedAt!: string;
  @ApiPropertyOptional() recoveredAt?: string;
  @ApiPropertyOptional({ description: 'When the last message was written.' }) toldAt?: string;
  @ApiPropertyOptional({ type: AcknowledgedDto, description: 'Quiet until it recovers.' })
  acknowledged?: AcknowledgedDto;
  @ApiPropertyOptional() snoozedUntil?: string;

  static of({ alert, rule }: AlertView): AlertResponse {
    const { _id, state, kind, connection, syncs, openedAt, recoveredAt, told, acknowledged, snoozedUntil } = alert;
    const subject = subjectOf(kind);
    const alerted = (about: typeof subject): AlertedResponse[] =>
      about === subject ? syncs.map((one) => AlertedResponse.of(one)) : [];
    return {
      id: _id,
      state,
      rule: { id: alert.rule, slug: rule?.slug, name: rule?.name },
      kind,
      connection,
      syncs: alerted('sync'),
      triggers: alerted('trigger'),
      requests: alerted('request'),
      openedAt: openedAt.toISOString(),
      recoveredAt: recoveredAt?.toISOString(),
      toldAt: told?.at.toISOString(),
      acknowledged: acknowledged && { at: acknowledged.at.toISOString(), by: acknowledged.by },
      snoozedUntil: snoozedUntil?.toISOString(),
    };
  }
}

class AlertMessageResponse {
  @ApiProperty({ description: 'The id that the receiver sees.' }) id!: string;
  @ApiProperty({ example: 'chn_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) channel!: string;
  @ApiProperty({ enum: ['opened', 'updated', 'reminder', 'recovered'], example: 'opened' }) event!: string;
  @ApiProperty({ enum: ['pending', 'sent', 'failed'], example: 'sent' }) state!: string;
  @ApiProperty({ example: 1 }) attempts!: number;
  @ApiPropertyOptional({ example: 'unreachable' }) code?: string;
  @ApiPropertyOptional({ example: 'example.com answered 202 Accepted.' }) said?: string;
  @ApiProperty() createdAt!: string;
  @ApiPropertyOptional() sentAt?: string;

  static of({ _id, channel, event, state, attempts, code, said, createdAt, sentAt }: AlertMessage) {
    const times = { createdAt: createdAt.toISOString(), sentAt: sentAt?.toISOString() };
    return { id: _id, channel, event, state, attempts, code, said, ...times };
  }
}

/** One alert, with what was told about it. */
export class ToldAlertResponse extends AlertResponse {
  @ApiProperty({ type: [AlertMessageResponse] }) messages!: AlertMessageResponse[];

  static ofTold(view: AlertView, messages: AlertMessage[]): ToldAlertResponse {
    return { ...AlertResponse.of(view), messages: messages.map((message) => AlertMessageResponse.of(message)) };
  }
}

export class AlertListResponse {
  @ApiProperty({ type: [AlertResponse] }) data!: AlertResponse[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
