import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import { scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';

describe('the board of the queues', () => {
  let engine: ScriptedApp;
  let http: AxiosInstance;
  let admin: { authorization: string };
  let basic: { authorization: string };

  beforeAll(async () => {
    engine = await scriptedApp();
    http = axios.create({ baseURL: engine.url, validateStatus: () => true });
    admin = await engine.key('admin');
    const key = admin.authorization.replace('Bearer ', '');
    basic = { authorization: `Basic ${Buffer.from(`admin:${key}`).toString('base64')}` };
  });

  afterAll(() => engine.close());

  it('is for admins: with the key as the password, as browsers send it, or as a bearer', async () => {
    const page = await http.get<string>('/admin/queues', { headers: basic });
    expect(page.status).toBe(200);
    expect(page.data).toContain('<div id="root">');
    expect((await http.get('/admin/queues', { headers: admin })).status).toBe(200);
    const queues = await http.get<{ queues: { name: string; readOnlyMode: boolean }[] }>('/admin/queues/api/queues', {
      headers: basic,
    });
    expect(queues.data.queues.map(({ name, readOnlyMode }) => ({ name, readOnlyMode }))).toEqual(
      expect.arrayContaining([
        { name: 'slices', readOnlyMode: true },
        { name: 'runs', readOnlyMode: true },
      ]),
    );
  });

  it.each(['/admin/queues', '/admin/queues/', '/admin/queues/api/queues', '/admin/queues/static/favicon.ico'])(
    'asks who one is, for %s, too',
    async (path) => {
      const refused = await http.get(path);
      expect(refused.status).toBe(401);
      expect(refused.headers['www-authenticate']).toMatch(/^Basic /);
      const wrong = { authorization: `Basic ${Buffer.from('admin:mr_wrong').toString('base64')}` };
      expect((await http.get(path, { headers: wrong })).status).toBe(401);
      expect((await http.get(path, { headers: await engine.key('operator') })).status).toBe(403);
    },
  );

  it('changes nothing, whatever is asked of it', async () => {
    const asked = [
      http.put('/admin/queues/api/queues/pause', {}, { headers: basic }),
      http.put('/admin/queues/api/queues/runs/pause', {}, { headers: basic }),
      http.post('/admin/queues/api/queues/runs/add', { name: 'x', data: {} }, { headers: basic }),
      http.delete('/admin/queues/api/queues/runs/obliterate', { headers: basic }),
    ];
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([405, 405, 405, 405]);
  });

  it('leaves the policy of everything else as it was', async () => {
    const board = await http.get('/admin/queues', { headers: basic });
    const api = await http.get('/api/runs', { headers: admin });
    expect(board.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(api.headers['content-security-policy']).toContain("script-src 'self'");
    expect(api.headers['content-security-policy']).not.toBe(board.headers['content-security-policy']);
  });
});
