import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { MillraceError, type JsonSchema } from '@millrace/sdk';
import { ApiErrors, RequireRole } from '#access';
import type { List } from '#platform';
import { kindNames, kinds, type KindName } from './kinds.ts';
import { KindSchemaListDto, type KindSchemaDto } from './schemas.dto.ts';

@ApiTags('schemas')
@RequireRole('viewer')
@Controller('api/schemas')
export class SchemasController {
  @Get()
  @ApiOperation({ summary: 'The kinds of records that the profile store keeps' })
  @ApiOkResponse({ type: KindSchemaListDto })
  @ApiErrors()
  list(): List<KindSchemaDto> {
    const data = kindNames.map((kind) => {
      const { title, description, version } = kinds[kind];
      return { kind, title, description, version, schema: `/api/schemas/${kind}` };
    });
    return { data, next: null };
  }

  @Get(':kind')
  @ApiOperation({
    summary: 'What a record of a kind may say, as a JSON Schema',
    description: 'The same declaration that mappings to the connection `profiles` are checked against.',
  })
  @ApiParam({ name: 'kind', enum: kindNames })
  @ApiOkResponse({
    schema: {
      type: 'object',
      additionalProperties: true,
      example: { $id: 'urn:millrace:schema:order:1', title: 'Order', type: 'object' },
    },
  })
  @ApiErrors('not_found')
  get(@Param('kind') name: string): JsonSchema {
    const kind = kindNames.find((known) => known === name);
    if (!kind)
      throw new MillraceError(
        'not_found',
        `There is no such kind. GET /api/schemas lists them: ${kindNames.join(', ')}.`,
      );
    return publishedSchema(kind);
  }
}

function publishedSchema(kind: KindName): JsonSchema {
  const { title, description, version, schema } = kinds[kind];
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return { $schema, $id: `urn:millrace:schema:${kind}:${version}`, title, description, ...schema };
}
