import { useState } from 'react';
import { asProblem, useApi, type ApiProblem, type Template, type TemplateVersion } from '../api/index.ts';
import type { EditedDraft } from '../drafts/index.ts';
import { useAnnounce } from '../ui/index.ts';

/** Publishes the draft as it is looked at; what is not saved yet is saved before. */
export function usePublish({ save, noteSaved, meet }: EditedDraft) {
  const api = useApi();
  const announce = useAnnounce();
  const [publishing, setPublishing] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const publish = async () => {
    setPublishing(true);
    setProblem(undefined);
    try {
      const template = await save();
      if (!template) return; // why it could not be saved is told already
      const path = `api/templates/${template.id}`;
      const headers = { 'if-match': `"${template.revision}"` };
      const { version } = await api.post<TemplateVersion>(`${path}/publish`, { headers });
      const now = await api.get<Template>(path);
      noteSaved({ ...template, published: now.published });
      announce(`Version ${version} is published.`);
    } catch (thrown) {
      const found = asProblem(thrown);
      setProblem(found);
      if (found.code === 'conflict') await meet().catch(() => undefined);
    } finally {
      setPublishing(false);
    }
  };
  return { publish, publishing, problem };
}
