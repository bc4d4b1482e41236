import { describe, expect, it } from '@jest/globals';
import { buildingPage, failedPage } from './waiting-page.ts';

describe('pages until there is a console', () => {
  it('look again by themselves while it is being built', () => {
    expect(buildingPage('/')).toContain('<meta http-equiv="refresh" content="2">');
  });

  it('tell why it could not be built, as text', () => {
    const page = failedPage('/behind/', 'Unexpected "<script>" in main.tsx');
    expect(page).toContain('<pre>Unexpected &quot;&lt;script&gt;&quot; in main.tsx</pre>');
    expect(page).toContain('href="/behind/docs"');
  });
});
