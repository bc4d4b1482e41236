import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { ProblemFilter } from '../errors/index.ts';
import { Log } from '../log/index.ts';
import { Settings } from '../settings/index.ts';
import { Traces } from '../telemetry/index.ts';
import { bodyErrors } from './body-errors.ts';
import { requestId } from './request-id.ts';
import { tracedRequests } from './traced-requests.ts';
import { validationPipe } from './validation-pipe.ts';

/** Milliseconds. Longer than load balancers and clients usually keep theirs (60 s): who sends on a connection just as it is closed gets an error. */
const keepAlive = 75_000;

/** What `NestFactory.create(module, { rawBody: true, bodyParser: false })` needs before it listens. */
export interface AppOptions {
  /** Bytes of a JSON body (default 5 MB). */
  bodyLimit?: number;
}

/**
 * Clients' addresses as trusted proxies tell them, request ids, safe headers, body parsing with a limit and the raw bytes kept (`request.rawBody`, for signatures), validation
 * and problem+json. Create the app with `{ rawBody: true, bodyParser: false }`.
 */
export function prepareApp(app: NestExpressApplication, { bodyLimit = 5_000_000 }: AppOptions = {}): void {
  app.disable('x-powered-by');
  app.set('trust proxy', app.get(Settings).trustedProxies);
  app.getHttpServer().keepAliveTimeout = keepAlive;
  const traces = app.get(Traces);
  if (traces.wanted) app.use(tracedRequests(traces));
  app.use(requestId);
  app.use(helmet());
  app.useBodyParser('json', { limit: bodyLimit, strict: false, type: ['application/json', 'application/*+json'] });
  app.useBodyParser('urlencoded', { limit: bodyLimit, extended: false });
  app.use(bodyErrors);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(app.get(Log)));
}
