import { functionSettings, type Delivery } from '../core/index.ts';
import { isEventBridge, isHttp, isRecords, type LambdaContext, type LambdaEvent } from './events.ts';
import { handleEventBridge } from './event-bridge.ts';
import { handleHttp, type HttpResult } from './http.ts';
import { handleRecords, type BatchResponse } from './records.ts';

/** AWS Lambda: `index.handler`, for Kinesis, SQS, EventBridge, API Gateway (HTTP and REST) and function URLs. */
export async function handler(
  event: LambdaEvent,
  context: LambdaContext,
): Promise<BatchResponse | HttpResult | undefined> {
  const delivery: Delivery = {
    settings: functionSettings(process.env),
    remainingMs: () => context.getRemainingTimeInMillis(),
    write: (line) => void process.stdout.write(`${line}\n`),
  };
  if (isRecords(event)) return handleRecords(event.Records, delivery);
  if (isHttp(event)) return handleHttp(event, delivery);
  if (!isEventBridge(event)) throw new Error('This function takes events of Kinesis, SQS, EventBridge and HTTP only.');
  await handleEventBridge(event, delivery);
  return undefined;
}
