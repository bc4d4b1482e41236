import type { ArgumentsHost } from '@nestjs/common';
import type { Request, Response } from 'express';
import { noticePage, pageHeaders } from '#platform';

export interface Notice {
  status: number;
  title: string;
  text: string;
}

/** Tells people in a page why no mail is shown; at the mail's own address, which our pages show in a frame, so that the frame may tell it. */
export function sendNotice(host: ArgumentsHost, { status, title, text }: Notice): void {
  const http = host.switchToHttp();
  const isFramed = http.getRequest<Request>().path.endsWith('/mail');
  const response = http.getResponse<Response>();
  response.status(status).set(pageHeaders({ isFramed })).type('html').send(noticePage(title, text));
}
