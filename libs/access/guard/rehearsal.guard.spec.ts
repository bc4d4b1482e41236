import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Controller, Delete, Get, Module, Post, Put, Query } from '@nestjs/common';
import { RehearseQuery, RemovalQuery } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Public, RequireRole } from '../index.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

class ThingQuery extends RehearseQuery {}

@Controller('things')
@RequireRole('operator')
class ThingsController {
  @Get()
  list() {
    return [];
  }

  @Post()
  make() {
    return { made: true };
  }

  @Post('hook')
  @Public()
  hook() {
    return { heard: true };
  }

  @Put('one')
  put(@Query() { rehearse }: ThingQuery) {
    return { rehearsed: rehearse };
  }

  @Delete('one')
  remove(@Query() { rehearse }: RemovalQuery) {
    return { rehearsed: rehearse };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

let app: TestApp;
beforeAll(async () => void (app = await startTestApp([ThingsModule])));
afterAll(async () => {
  await app.close();
  await dropTestDatabase(testServices());
});

it('refuses to rehearse what it would do, so that the audit log tells no change as a rehearsal', async () => {
  const { id, key } = await app.keys.create({ name: 'asking', role: 'operator' });
  const client = app.as(key);
  for (const query of ['rehearse=true', 'rehearse', 'rehearse=1'])
    expect((await client.post(`/things?${query}`)).data).toMatchObject({
      status: 400,
      detail: expect.stringContaining('cannot be rehearsed'),
    });
  const rehearsed = { status: 200, data: { rehearsed: true } };
  expect(await client.put('/things/one?rehearse=true')).toMatchObject(rehearsed);
  expect(await client.delete('/things/one?rehearse')).toMatchObject(rehearsed);
  const admin = await app.withRole('admin');
  const { data } = await admin.get<{ data: object[] }>('/api/audit', { params: { key: id } });
  expect(data.data).toMatchObject([
    { method: 'DELETE', path: '/things/one?rehearse=true', status: 200 },
    { method: 'PUT', path: '/things/one?rehearse=true', status: 200 },
    { method: 'POST', status: 400 },
    { method: 'POST', status: 400 },
    { method: 'POST', status: 400 },
  ]);
});

it('leaves alone what changes nothing, and what others may call as they like', async () => {
  expect(await (await app.withRole('operator')).get('/things?rehearse=true')).toMatchObject({ status: 200 });
  expect(await app.as(undefined).post('/things/hook?rehearse=true')).toMatchObject({ status: 201 });
});
