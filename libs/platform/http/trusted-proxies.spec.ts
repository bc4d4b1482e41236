import { Controller, Get, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { expect, it } from '@jest/globals';
import axios from 'axios';
import type { Request } from 'express';
import { createLog, Log } from '../log/index.ts';
import { Settings } from '../settings/index.ts';
import { Traces } from '../telemetry/index.ts';
import { prepareApp } from './prepare-app.ts';

@Controller('address')
class AddressController {
  @Get()
  tell(@Req() { ip }: Request) {
    return { ip };
  }
}

@Module({ controllers: [AddressController] })
class AddressModule {}

it.each([
  ['nobody', [], '127.0.0.1'],
  ['others than who connects', ['10.0.0.0/8', '2001:db8::1'], '127.0.0.1'],
  ['who connects', ['loopback'], '198.51.100.7'],
  ['the proxies before it, too', ['127.0.0.1', '198.51.100.0/24'], '203.0.113.9'],
])('the address of a client is what is told by proxies that are trusted: %s', async (_, trustedProxies, expected) => {
  const settings = new Settings({ trustedProxies });
  const log = createLog({ level: 'silent' });
  const providers = [
    { provide: Settings, useValue: settings },
    { provide: Log, useValue: log },
    { provide: Traces, useValue: Traces.open(settings, log) },
  ];
  const app = await NestFactory.create<NestExpressApplication>(
    { module: AddressModule, providers },
    { logger: false, rawBody: true, bodyParser: false },
  );
  prepareApp(app);
  await app.listen(0, '127.0.0.1');
  const headers = { 'x-forwarded-for': '1.2.3.4, 203.0.113.9, 198.51.100.7' };
  const { data } = await axios.get<unknown>(`${await app.getUrl()}/address`, { headers, proxy: false });
  await app.close();
  expect(data).toEqual({ ip: expected });
});
