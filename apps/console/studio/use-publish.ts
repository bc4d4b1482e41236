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

  const publishRevision = async ({ id, revision }: Template) => {
    const headers = { 'if-match': `"${revision}"` };
    const { version } = await api.post<TemplateVersion>(`api/templates/${id}/publish`, { headers });
    noteSaved({ published: version });
    announce(`Version ${version} is published.`);
  };

  /** What somebody else saved stands in the way, which is told where the draft is; what this page saved meanwhile does not. */
  const publishSaved = async (template: Template) => {
    try {
      await publishRevision(template);
    } catch (thrown) {
      if (asProblem(thrown).code !== 'conflict') throw thrown;
      const ours = await meet();
      if (ours) await publishRevision(ours);
    }
  };

  const publish = async () => {
    setPublishing(true);
    setProblem(undefined);
    try {
      const template = await save();
      if (template) await publishSaved(template); // why it could not be saved is told already
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setPublishing(false);
    }
  };
  return { publish, publishing, problem };
}
