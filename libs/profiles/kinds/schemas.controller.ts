import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { MillraceError, recordKindNames, recordKinds, type JsonSchema, type RecordKindName } from '@millrace/sdk';
import { ApiErrors, RequireRole } from '#access';
import type { List } from '#platform';
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
    const data = recordKindNames.map((kind) => {
      const { title, description, version } = recordKinds[kind];
      return { kind, title, description, version, schema: `/api/schemas/${kind}` };
    });
    return { data, next: null };
  }

  @Get(':kind')
  @ApiOperation({
    summary: 'What a record of a kind may say, as a JSON Schema',
    description: 'The same declaration that mappings to the connection `profiles` are checked against.',
  })
  @ApiParam({ name: 'kind', enum: recordKindNames })
  @ApiOkResponse({
    schema: {
      type: 'object',
      additionalProperties: true,
      example: { $id: 'urn:millrace:schema:order:1', title: 'Order', type: 'object' },
    },
  })
  @ApiErrors('not_found')
  get(@Param('kind') name: string): JsonSchema {
    const kind = recordKindNames.find((known) => known === name);
    if (!kind)
      throw new MillraceError(
        'not_found',
        `There is no such kind. GET /api/schemas lists them: ${recordKindNames.join(', ')}.`,
      );
    return publishedSchema(kind);
  }
}

function publishedSchema(kind: RecordKindName): JsonSchema {
  const { title, description, version, schema } = recordKinds[kind];
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return { $schema, $id: `urn:millrace:schema:${kind}:${version}`, title, description, ...schema };
}
