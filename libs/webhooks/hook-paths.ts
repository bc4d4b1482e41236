import type { OpenAPIObject } from '@nestjs/swagger';

type Paths = OpenAPIObject['paths'];

const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } } };

/** The addresses of webhooks in OpenAPI: they are none of Nest's routes, which describe themselves. */
export function hookPaths(): Paths {
  const parameters = [
    {
      name: 'connection',
      in: 'path' as const,
      required: true,
      description: 'Id or slug of a connection whose connector takes webhooks.',
      schema: { type: 'string' as const },
      example: 'my-stripe',
    },
  ];
  const responses = {
    '200': {
      description: 'It is durable, now or from an earlier time.',
      content: { 'application/json': { schema: { type: 'object' as const, example: { received: true } } } },
    },
    ...Object.fromEntries(
      Object.entries({
        '401': 'The signature is missing, wrong or too old',
        '404': 'There is no webhook at this address',
        '413': 'More than 4 MB',
        '429': 'Too much at a time: send it again after `Retry-After`',
        '503': 'It could not be kept, or the connector is disabled: send it again',
        '504': 'The body came too slowly: send it again',
      }).map(([status, description]) => [status, { description, content: problem }]),
    ),
  };
  return {
    '/hooks/{connection}': {
      post: {
        operationId: 'hooks_receive',
        tags: ['webhooks'],
        summary: 'Deliver to a connection',
        description:
          'As the vendor does it; the connector knows how it signs. A repeat is answered like the first one.',
        parameters,
        requestBody: { required: true, content: { 'application/json': { schema: {} } } },
        responses,
      },
    },
  };
}
