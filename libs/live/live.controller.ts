import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { JsonSchema } from '@millrace/sdk';
import { ApiErrors, RequireRole } from '#access';
import { clientSchemas, serverSchemas } from './protocol/index.ts';

export class LiveSchemaView {
  @ApiProperty({ type: Object, description: 'What a client may send.', example: { oneOf: [] } }) client!: JsonSchema;
  @ApiProperty({ type: Object, description: 'What the server sends.', example: { oneOf: [] } }) server!: JsonSchema;
}

@ApiTags('live')
@RequireRole('viewer')
@Controller('api/live')
export class LiveController {
  @Get('schema')
  @ApiOperation({
    summary: 'The messages of the WebSocket /ws, as JSON Schemas',
    description: 'docs/live.md has the protocol.',
  })
  @ApiOkResponse({ type: LiveSchemaView })
  @ApiErrors()
  schema(): LiveSchemaView {
    const $schema = 'https://json-schema.org/draft/2020-12/schema';
    return { client: { $schema, oneOf: clientSchemas }, server: { $schema, oneOf: serverSchemas } };
  }
}
