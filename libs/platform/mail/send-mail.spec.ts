import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { startMailReceiver, type MailReceiver } from '#tools/testing';
import { Network } from '../network/index.ts';
import { sendMail } from './index.ts';

const mail = { from: 'me@example.com', to: 'you@example.com', subject: 'Hi', text: 'Hi' };
const network = new Network({ allowPrivateAddresses: true });
const advice = 'Check the server.';

describe('a mail server that does not take a mail', () => {
  let mails: MailReceiver;

  beforeAll(async () => void (mails = await startMailReceiver({ user: 'me', password: 'right' })));
  afterAll(() => mails.close());

  const send = (url: string, to = mail.to, patience = 300_000) =>
    sendMail({ url, network, advice, patience }, { ...mail, to });

  it('tells who was refused, what passes, and that the password is wrong; without the address', async () => {
    await expect(send(mails.url)).resolves.toMatch(/^127\.0\.0\.1 answered 250/);
    await expect(send(mails.url, 'nobody@example.com')).rejects.toMatchObject({
      code: 'remote_rejected',
      message: expect.stringMatching(/did not take the mail: .*550 No such user (?!nobody@).* Check the server\.$/),
    });
    await expect(send(mails.url, 'later@example.com')).rejects.toMatchObject({ code: 'remote_error' });
    await expect(send(mails.url.replace('right', 'wrong'))).rejects.toMatchObject({ code: 'authentication_failed' });
  });

  it('is given up when it says nothing, or when nobody is there', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    await expect(send(`smtp://127.0.0.1:${port}`, mail.to, 1_000)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('no answer within 1 s'),
    });
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => silent.close(resolve));
    await expect(send(`smtp://127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('is not told a password without TLS, nor trusted without a certificate', async () => {
    const far = mails.url.replace('127.0.0.1', '127.0.0.2'); // this machine, but not by one of its names
    const plain = new SMTPServer({ disabledCommands: ['STARTTLS'], authOptional: true });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.2', resolve));
    const { port } = plain.server.address() as AddressInfo;
    await expect(send(far.replace(/:\d+$/, `:${port}`))).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/TLS/),
    });
    await new Promise<void>((resolve) => plain.close(resolve));
    const ownCertificate = new SMTPServer({ authOptional: true });
    await new Promise<void>((resolve) => ownCertificate.listen(0, '127.0.0.1', resolve));
    const tls = ownCertificate.server.address() as AddressInfo;
    await expect(send(`smtp://127.0.0.1:${tls.port}`)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/certificate/),
    });
    await new Promise<void>((resolve) => ownCertificate.close(resolve));
  });
});
