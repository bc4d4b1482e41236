import { answerHttp, type Delivery } from '../core/index.ts';
import type { HttpEvent } from './events.ts';

export interface HttpResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: false;
}

export async function handleHttp(event: HttpEvent, delivery: Delivery): Promise<HttpResult> {
  const { requestContext, httpMethod, body, isBase64Encoded } = event;
  const { status, ...answer } = await answerHttp(
    {
      method: requestContext?.http?.method ?? httpMethod ?? '',
      headers: headersOf(event),
      body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
    },
    delivery,
  );
  return { statusCode: status, ...answer, isBase64Encoded: false };
}

/** REST APIs give a header in one or both of two ways, with its name as the client wrote it. */
function headersOf({ headers, multiValueHeaders }: HttpEvent): Record<string, string | undefined> {
  const several = Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [name.toLowerCase(), values?.[0]]);
  const single = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return Object.fromEntries([...several, ...single]) as Record<string, string | undefined>;
}
