import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { segmentPaths } from '#collect';
import { hookPaths } from '#webhooks';

const description = `Pulls customer data from anywhere into one profile a person, and previews the mail that it personalises.

Send \`Authorization: Bearer <key>\`. Lists are \`{ data, next }\`: pass \`next\` as \`after\`. Errors are problem+json with a stable \`code\`.
A POST that creates takes an \`Idempotency-Key\`.`;

/** The OpenAPI description of every route, at /docs for people and /docs-json for programs; it is made when somebody first asks for it. */
export function serveOpenApi(app: INestApplication, version: string): void {
  SwaggerModule.setup('docs', app, () => describeRoutes(app, version), { jsonDocumentUrl: 'docs-json' });
}

function describeRoutes(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Millrace')
    .setDescription(description)
    .setVersion(version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key (`mr_…`).' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: operationId });
  Object.assign(document.paths, segmentPaths(), hookPaths());
  return document;
}

/** `SyncsController.create` → `syncs_create`: short and unique names for generated clients. */
function operationId(controller: string, method: string): string {
  const group = controller.replace(/Controller$/, '');
  return `${group.charAt(0).toLowerCase()}${group.slice(1)}_${method}`;
}
