import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentKey, RequireRole, type KeyHolder } from '#access';
import type { List } from '#platform';
import { Catalog } from '../catalog.ts';
import { describeConnector, type ConnectorDescription } from '../descriptions/connector-description.ts';
import { ConnectorDto, ConnectorListDto, PatchConnectorDto } from './connector.dto.ts';

@ApiTags('connectors')
@RequireRole('viewer')
@Controller('api/connectors')
export class ConnectorsController {
  constructor(private readonly catalog: Catalog) {}

  @Get()
  @ApiOperation({
    summary: 'All connectors, with their configuration’s schema',
    description: 'One page holds them all.',
  })
  @ApiOkResponse({ type: ConnectorListDto })
  @ApiErrors()
  async list(): Promise<List<ConnectorDescription>> {
    await this.catalog.refresh();
    const listed = this.catalog.list().filter((entry) => !entry.internal);
    return { data: listed.map(describeConnector), next: null };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One connector' })
  @ApiOkResponse({ type: ConnectorDto })
  @ApiErrors('connector_not_found')
  async get(@Param('id') id: string): Promise<ConnectorDescription> {
    await this.catalog.refresh();
    return describeConnector(this.catalog.get(id));
  }

  @Patch(':id')
  @RequireRole('operator')
  @ApiOperation({ summary: 'Enable or disable a connector', description: 'In force everywhere within 2 seconds.' })
  @ApiOkResponse({ type: ConnectorDto })
  @ApiErrors('bad_request', 'connector_not_found', 'conflict')
  async setEnabled(
    @Param('id') id: string,
    @Body() { enabled, reason }: PatchConnectorDto,
    @CurrentKey() key: KeyHolder,
  ): Promise<ConnectorDescription> {
    await this.catalog.setEnabled(id, enabled, reason, key.name);
    return describeConnector(this.catalog.get(id));
  }
}
