import { createServer, request as send, type IncomingMessage, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface KinesisRequest {
  /** Such as `GetRecords`. */
  operation: string;
  /** Of who signed it. */
  accessKeyId: string;
}

/** An error as Kinesis tells it, or a whole answer; `lost`: the request is carried out, and its answer does not arrive. */
export type Fault = { status: number; name: string; message?: string } | { status: number; body: object } | 'lost';

export type Script = (request: KinesisRequest) => Fault | undefined;

/** Stands before a server of the Kinesis protocol; what `script` gives is answered in its place. */
export function gate(port: number, script: () => Script): Server {
  return createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const fault = script()(told(request));
      if (fault !== undefined && fault !== 'lost') {
        const said = JSON.stringify(bodyOf(fault));
        const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'gate' };
        response.writeHead(fault.status, headers).end(said);
        return;
      }
      const answer = await forwarded(port, request, body);
      const content = await buffer(answer);
      if (fault === 'lost') return void response.destroy();
      response.writeHead(answer.statusCode ?? 500, answer.headers).end(content);
    })().catch((error: unknown) => response.destroy(error as Error));
  });
}

function bodyOf(fault: Exclude<Fault, 'lost'>): object {
  return 'body' in fault ? fault.body : { __type: fault.name, message: fault.message ?? 'As the test wants it.' };
}

function told({ headers }: IncomingMessage): KinesisRequest {
  const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
  const accessKeyId = /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  return { operation, accessKeyId };
}

function forwarded(port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path: url, headers };
    send(options, resolve).on('error', reject).end(body);
  });
}
