import { useEffect, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type List, type Template } from '../api/index.ts';

export type TemplateSummary = Pick<
  Template,
  'id' | 'slug' | 'name' | 'subject' | 'revision' | 'published' | 'updatedAt'
>;

export interface Templates {
  /** So far; the one that changed last comes first. */
  found: TemplateSummary[];
  complete: boolean;
  problem?: ApiProblem;
}

/** All templates, page by page: the list is there at once, and grows. */
export function useTemplates(): Templates {
  const api = useApi();
  const [templates, setTemplates] = useState<Templates>({ found: [], complete: false });
  useEffect(() => {
    const leaving = new AbortController();
    const read = async () => {
      const all: TemplateSummary[] = [];
      let after: string | undefined;
      do {
        const { data, next } = await api.get<List<Template>>('api/templates', {
          query: { after, limit: 50 },
          signal: leaving.signal,
        });
        after = next ?? undefined;
        all.push(...data.map(summaryOf));
        setTemplates({ found: newestFirst(all), complete: after === undefined });
      } while (after !== undefined);
    };
    read().catch((thrown: unknown) => {
      if (!leaving.signal.aborted)
        setTemplates((before) => ({ ...before, complete: true, problem: asProblem(thrown) }));
    });
    return () => leaving.abort();
  }, [api]);
  return templates;
}

/** Without the sources, which may be large. */
function summaryOf({ id, slug, name, subject, revision, published, updatedAt }: Template): TemplateSummary {
  return { id, slug, name, subject, revision, published, updatedAt };
}

function newestFirst(templates: TemplateSummary[]): TemplateSummary[] {
  return templates.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}
