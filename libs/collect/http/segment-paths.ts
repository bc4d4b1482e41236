import type { OpenAPIObject } from '@nestjs/swagger';

type Paths = OpenAPIObject['paths'];
type Responses = NonNullable<NonNullable<Paths[string]['post']>['responses']>;

const problem = { schema: { $ref: '#/components/schemas/ProblemDto' } };
const rejection = {
  type: 'object',
  properties: {
    index: { type: 'integer' },
    messageId: { type: 'string' },
    code: { type: 'string' },
    message: { type: 'string' },
  },
};
const kept = {
  type: 'object',
  properties: {
    success: { type: 'boolean', example: true },
    rejected: {
      type: 'array',
      items: rejection,
      description: 'Messages that could not be read; absent where there are none.',
    },
    warnings: {
      type: 'array',
      items: rejection,
      description: 'Against the tracking plan, but kept; absent where there are none.',
    },
  },
  required: ['success'],
};

const responses: Responses = {
  '200': { description: 'Everything else is durable.', content: { 'application/json': { schema: kept } } },
  ...Object.fromEntries(
    Object.entries({
      '400': 'No JSON, too large, or nothing in it could be read',
      '401': 'A valid write key is missing',
      '403': 'A page of an origin that the source does not name',
      '429': 'Too much at a time: send it again after `Retry-After`',
      '503': 'It could not be kept: send it again',
      '504': 'The body came too slowly: send it again',
    }).map(([status, description]) => [status, { description, content: { 'application/problem+json': problem } }]),
  ),
};

const types = ['identify', 'track', 'page', 'screen', 'group', 'alias'];

/** Segment's HTTP API in OpenAPI: its routes are none of Nest's, which describe themselves. */
export function segmentPaths(): Paths {
  return {
    ...Object.fromEntries(
      types.map((type) => [`/v1/${type}`, post(type, `Take in one ${type} message`, messageSchema)]),
    ),
    '/v1/batch': post('batch', 'Take in messages of any type', batchSchema),
    '/v1/import': post('import', 'Take in messages of the past', batchSchema),
  };
}

const messageSchema = {
  type: 'object',
  description: 'See https://segment.com/docs/connections/spec/. At most 32 KB.',
  properties: {
    messageId: { type: 'string', maxLength: 100 },
    userId: { type: 'string', description: 'This or `anonymousId` has to be there.' },
    anonymousId: { type: 'string' },
    timestamp: { type: 'string', format: 'date-time' },
    sentAt: { type: 'string', format: 'date-time' },
    writeKey: { type: 'string', description: 'Where no header can be set.' },
  },
  additionalProperties: true,
} as const;

const batchSchema = {
  type: 'object',
  properties: { batch: { type: 'array', maxItems: 2_500, items: messageSchema }, sentAt: { type: 'string' } },
  required: ['batch'],
  additionalProperties: true,
} as const;

function post(name: string, summary: string, schema: typeof messageSchema | typeof batchSchema): Paths[string] {
  return {
    post: {
      operationId: `segment_${name}`,
      tags: ['events'],
      summary,
      description: 'The write key is the user name of Basic authorization, a bearer, or `writeKey` in the body.',
      requestBody: { required: true, content: { 'application/json': { schema: schema as object } } },
      responses,
    },
  };
}
