import { functionSettings, answerHttp, type Delivery } from '../core/index.ts';
import { handleCloudEvent, type CloudEvent } from './cloud-event.ts';

/** What the Functions Framework gives, as far as it is looked at. */
export interface FrameworkRequest {
  method?: string;
  headers: Record<string, string | string[] | undefined>;
  rawBody?: Uint8Array;
}

export interface FrameworkResponse {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
}

function delivery(): Delivery {
  return {
    settings: functionSettings(process.env),
    remainingMs: () => Infinity, // Google Cloud tells no deadline; the setting for one request holds
    write: (line) => void process.stdout.write(`${line}\n`),
  };
}

/** Google Cloud: an HTTP function; signature type `http`. */
export async function http(request: FrameworkRequest, response: FrameworkResponse): Promise<void> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const body = request.rawBody ?? new Uint8Array();
  const answer = await answerHttp({ method: request.method ?? '', headers, body }, delivery());
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

/** Google Cloud: a function of events (Pub/Sub, Eventarc); signature type `cloudevent`. */
export async function cloudEvent(event: CloudEvent): Promise<void> {
  await handleCloudEvent(event, delivery());
}
