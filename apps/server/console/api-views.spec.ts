import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toldFields } from '../../console/drafts/told-fields.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { viewFields } from './testing/view-fields.ts';

interface Description {
  components: { schemas: Record<string, { properties: object; required?: string[] } | undefined> };
}

describe('the console, by the API’s description', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.close());

  it('sends back of a template what the API takes', async () => {
    const { schemas } = (await server.http.get<Description>('/docs-json')).data.components;
    const fieldsOf = (schema: string) => Object.keys(schemas[schema]?.properties ?? {});
    const answered = [...fieldsOf('TemplateDto'), ...fieldsOf('LintedTemplateDto')];
    const taken = fieldsOf('PutTemplateDto');
    expect(answered.filter((field) => !taken.includes(field) && !toldFields.includes(field))).toEqual([]);
    expect(toldFields.filter((field) => taken.includes(field))).toEqual([]);
  });

  it('reads of the API what its description has', async () => {
    const { schemas } = (await server.http.get<Description>('/docs-json')).data.components;
    const wrong = viewFields().filter(({ schema, field, optional, awaited }) => {
      const described = schemas[schema];
      if (!described || !(field in described.properties)) return !awaited;
      return !optional && !described.required?.includes(field);
    });
    expect(wrong.map(({ name, schema }) => `${name} of ${schema}`)).toEqual([]);
  });
});
