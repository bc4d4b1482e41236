import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { FailureLog, Log, Settings, trackingAddress } from '#platform';
import { Collector, type Collected, type Reading } from '../collector/index.ts';
import { objectIn, readMessage, type Envelope } from '../messages/index.ts';
import { KnownWriteKeys, type SendingSource } from '../sources/index.ts';
import { Admission } from './admission.ts';
import { answerJson, answerKept, answerProblem } from './answers.ts';
import { allowPages, answerPreflight, checkOrigin } from './cors.ts';
import { librarySettings, settingsKeyIn } from './library-settings.ts';
import { readBody } from './read-body.ts';
import { segmentRoutes, type SegmentRoute } from './segment-routes.ts';
import { bodyKeyOf, headerKeyOf } from './write-key-of.ts';

/** Segment's HTTP API, below `/v1`. Plain functions of Node: this is the busiest path of all. */
@Injectable()
export class SegmentEndpoints {
  readonly #admission = new Admission({ requests: 5_000, bytes: 64_000_000 });
  readonly #failures: FailureLog;

  constructor(
    private readonly collector: Collector,
    private readonly keys: KnownWriteKeys,
    private readonly settings: Settings,
    log: Log,
  ) {
    this.#failures = new FailureLog(log, 'Events could not be collected');
  }

  /** Answers a request; `url` begins behind `/v1`. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    this.#answer(request, response).catch((error: unknown) => {
      const status = answerProblem(response, error);
      if (status >= 500 && !isSlowSender(error)) this.#failures.tell(error, { status });
    });
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    allowPages(response);
    if (request.method === 'OPTIONS') return answerPreflight(request, response);
    const [path = ''] = (request.url ?? '').split('?', 1);
    const settingsKey = request.method === 'GET' ? settingsKeyIn(path) : undefined;
    if (settingsKey !== undefined) {
      await this.keys.sourceOf(settingsKey);
      return answerJson(response, librarySettings(settingsKey, trackingAddress(this.settings)));
    }
    const isMetrics = path === '/m'; // the browser library's count of its own faults: taken, so that it is content
    const route = segmentRoutes.get(path.length > 1 ? path.replace(/\/$/, '') : path);
    if (request.method !== 'POST' || (!route && !isMetrics)) throw noSuchRoute(request.method, path);
    const admitted = this.#admission.enter();
    try {
      const key = route && headerKeyOf(request.headers.authorization);
      const sender = key === undefined ? undefined : await this.keys.sourceOf(key); // before anything is read
      const body = await readBody(request, admitted);
      if (!route) return answerKept(response);
      const source = sender ?? (await this.keys.sourceOf(bodyKeyOf(body)));
      checkOrigin(request, source.origins);
      answerKept(response, await this.#collect(route, source, body));
    } finally {
      admitted.leave();
    }
  }

  async #collect(route: SegmentRoute, source: SendingSource, body: unknown): Promise<Collected> {
    const fields = fieldsOf(body);
    const receivedAt = new Date();
    if (route !== 'batch') {
      const { writeKey: _ours, ...message } = fields;
      return allOrSome(await this.collector.collect(source._id, [message], reading({ receivedAt, ...route })), 1);
    }
    const { batch, sentAt } = fields;
    if (!Array.isArray(batch)) throw new MillraceError('bad_request', '"batch" is not a list of messages.');
    const [context, integrations] = [objectIn(fields, 'context'), objectIn(fields, 'integrations')];
    const envelope = { receivedAt, sentAt, context, integrations };
    return allOrSome(await this.collector.collect(source._id, batch, reading(envelope)), batch.length);
  }
}

function isSlowSender(error: unknown): boolean {
  return error instanceof MillraceError && error.code === 'timeout';
}

function fieldsOf(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new MillraceError('bad_request', 'The body is not an object. Send a message, or { "batch": [ … ] }.');
}

function reading(envelope: Envelope): Reading {
  return { receivedAt: envelope.receivedAt, read: (given) => readMessage(given, envelope) };
}

/** Where nothing could be read the request has failed, so that its sender notices. */
function allOrSome(collected: Collected, count: number): Collected {
  const { rejected } = collected;
  const [first] = rejected;
  if (!first || rejected.length < count) return collected;
  const details = rejected.slice(0, 100).map((rejection) => ({ ...rejection }));
  throw new MillraceError('bad_request', first.message, { details });
}

function noSuchRoute(method: string | undefined, path: string): MillraceError {
  return new MillraceError(
    'not_found',
    `There is no route ${method} /v1${path.slice(0, 100)}. /docs describes the routes.`,
  );
}
