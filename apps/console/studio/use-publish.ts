import { useEffect, useRef, useState } from 'react';
import {
  ApiProblem,
  asProblem,
  mayPass,
  patiently,
  useApi,
  type List,
  type Template,
  type TemplateVersion,
} from '../api/index.ts';
import { draftOf, isSameDraft, type EditedDraft } from '../drafts/index.ts';
import { useAnnounce } from '../ui/index.ts';

const unpublished = 'It is not published: the server could not be reached. Publish it again.';

/** Publishes the draft as it is looked at; what is not saved yet is saved before. */
export function usePublish({ save, noteSaved, meet }: EditedDraft) {
  const api = useApi();
  const announce = useAnnounce();
  const [publishing, setPublishing] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();

  const leaving = useRef<AbortController>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);

  /** Whether it was published though nobody heard of it; asked until the server is there again. */
  const lookAgain = async (template: Template): Promise<TemplateVersion> => {
    leaving.current = new AbortController();
    const { signal } = leaving.current;
    const path = `api/templates/${template.id}/versions`;
    const query = { limit: 1 };
    const [newest] = (await patiently(() => api.get<List<TemplateVersion>>(path, { query, signal }), signal)).data;
    if (newest && isSameDraft(draftOf({ ...newest, name: template.name }), draftOf(template))) return newest;
    throw new ApiProblem(0, 'unreachable', unpublished);
  };

  const publishRevision = async (template: Template) => {
    const headers = { 'if-match': `"${template.revision}"` };
    const path = `api/templates/${template.id}/publish`;
    const { version } = await api.post<TemplateVersion>(path, { headers }).catch((thrown: unknown) => {
      const found = asProblem(thrown);
      if (!mayPass(found)) throw found;
      setProblem(found);
      return lookAgain(template);
    });
    setProblem(undefined);
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
