import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { notACursor, decodeCursor, encodeCursor, PageQuery, type List } from '#platform';
import { DatasetCounter, Datasets } from '../datasets/index.ts';
import { LandedRows, RowHistory, type RowPage, type RowView } from '../query/index.ts';
import { SchemaOnRead, type InferredSchema } from '../schema-on-read/index.ts';
import { DatasetDto, DatasetListDto } from './dataset.dto.ts';
import { RowListDto, RowPageDto, RowQueryDto } from './row.dto.ts';
import { InferredSchemaDto } from './schema.dto.ts';

const datasetParam = { name: 'dataset', description: 'Name of the dataset.', example: 'shop-files.rows' };

/** Raw rows that syncs have landed. Reading them is for operators: they are personal data as the source gave them. */
@ApiTags('landing')
@RequireRole('operator')
@Controller('api/landing')
export class LandingController {
  constructor(
    private readonly datasets: Datasets,
    private readonly counter: DatasetCounter,
    private readonly rows: LandedRows,
    private readonly rowHistory: RowHistory,
    private readonly schemas: SchemaOnRead,
  ) {}

  @Get()
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What has been landed: datasets, by name' })
  @ApiOkResponse({ type: DatasetListDto })
  @ApiErrors('bad_request')
  async list(@Query() { after, limit }: PageQuery): Promise<List<DatasetDto>> {
    const found = await this.datasets.list({ after: after && nameAfter(after), limit: limit + 1 });
    const page = await this.counter.counted(found.slice(0, limit));
    const last = page.at(-1);
    return {
      data: page.map((one) => DatasetDto.of(one)),
      next: last && found.length > limit ? encodeCursor(last._id) : null,
    };
  }

  @Get(':dataset/schema')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'The fields of a dataset, told from a sample of its rows; values are masked' })
  @ApiParam(datasetParam)
  @ApiOkResponse({ type: InferredSchemaDto })
  @ApiErrors('not_found')
  schema(@Param('dataset') dataset: string): Promise<InferredSchema> {
    return this.schemas.of(dataset);
  }

  @Post(':dataset/query')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Rows for which a condition holds, now or as of a time',
    description:
      'A request looks at 10,000 rows at most and answers with what it has found; `next` goes on from there.',
  })
  @ApiParam(datasetParam)
  @ApiOkResponse({ type: RowPageDto })
  @ApiErrors('not_found', 'bad_request', 'invalid_condition', 'invalid_mapping')
  query(@Param('dataset') dataset: string, @Body() query: RowQueryDto): Promise<RowPage> {
    return this.rows.query(dataset, query);
  }

  @Get(':dataset/rows/:id/history')
  @ApiOperation({ summary: 'The versions of a row, newest first, the present one included' })
  @ApiParam(datasetParam)
  @ApiParam({ name: 'id', description: 'The `id` that a query tells.', example: 'T7N1bqR3pO0w8bLx5v2kQA' })
  @ApiOkResponse({ type: RowListDto })
  @ApiErrors('not_found', 'bad_request')
  history(
    @Param('dataset') dataset: string,
    @Param('id') id: string,
    @Query() page: PageQuery,
  ): Promise<List<RowView>> {
    return this.rowHistory.of(dataset, id, page);
  }

  @Delete(':dataset')
  @RequireRole('admin')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forget a dataset with its history; refused while a sync lands or reads it' })
  @ApiParam(datasetParam)
  @ApiNoContentResponse()
  @ApiErrors('not_found', 'conflict')
  remove(@Param('dataset') dataset: string): Promise<void> {
    return this.datasets.remove(dataset);
  }
}

function nameAfter(after: string): string {
  const position = decodeCursor(after);
  if (typeof position === 'string') return position;
  throw notACursor();
}
