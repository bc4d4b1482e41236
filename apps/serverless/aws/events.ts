/** What AWS hands to a function, as far as it is looked at. https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html */
export interface KinesisRecord {
  eventSource: 'aws:kinesis';
  eventID: string;
  kinesis: { data: string; sequenceNumber: string; approximateArrivalTimestamp: number };
}

export interface SqsRecord {
  eventSource: 'aws:sqs';
  messageId: string;
  body: string;
  attributes?: { SentTimestamp?: string };
  eventSourceARN?: string;
}

export interface EventBridgeEvent {
  id: string;
  'detail-type': string;
  time?: string;
  detail: unknown;
}

/** API Gateway's HTTP API and function URLs (payload 2.0), and its REST API (1.0). */
export interface HttpEvent {
  requestContext?: { http?: { method?: string } };
  httpMethod?: string;
  headers?: Record<string, string | undefined> | null;
  multiValueHeaders?: Record<string, string[] | undefined> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
}

export interface RecordsEvent {
  Records: (KinesisRecord | SqsRecord)[];
}

export type LambdaEvent = RecordsEvent | EventBridgeEvent | HttpEvent;

export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

export function isRecords(event: LambdaEvent): event is RecordsEvent {
  return 'Records' in event && Array.isArray(event.Records);
}

export function isEventBridge(event: LambdaEvent): event is EventBridgeEvent {
  return 'detail-type' in event && 'detail' in event;
}

export function isHttp(event: LambdaEvent): event is HttpEvent {
  return 'httpMethod' in event || ('requestContext' in event && event.requestContext?.http !== undefined);
}
