import { useState } from 'react';
import { asProblem, useApi, type ApiProblem, type Template, type TemplateVersion } from '../api/index.ts';
import type { EditedDraft } from '../drafts/index.ts';
import { useAnnounce } from '../ui/index.ts';

/** Publishes the draft; what is not saved yet is saved before. */
export function usePublish({ dirty, saved, save, noteSaved }: EditedDraft) {
  const api = useApi();
  const announce = useAnnounce();
  const [publishing, setPublishing] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const publish = async () => {
    setPublishing(true);
    setProblem(undefined);
    try {
      const template = dirty ? await save() : saved;
      if (!template) return; // why it could not be saved is told already
      const path = `api/templates/${template.id}`;
      const { version } = await api.post<TemplateVersion>(`${path}/publish`);
      noteSaved(await api.get<Template>(path));
      announce(`Version ${version} is published.`);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setPublishing(false);
    }
  };
  return { publish, publishing, problem };
}
