import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '#platform';

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Millrace</title>
<h1>Millrace is running</h1>
<p>The API is described at <a href="/docs">/docs</a>; <a href="/readyz">/readyz</a> tells whether its services are there.</p>
`;

/** The server's own address, until the console lives there. */
@ApiExcludeController()
@Controller()
export class WelcomeController {
  @Get()
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  welcome(): string {
    return page;
  }
}
