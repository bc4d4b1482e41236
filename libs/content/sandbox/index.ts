/** Where templates are rendered: child processes with a memory limit and a deadline. */
export type {
  CheckedPart,
  CountedRow,
  CountedRows,
  CountTexts,
  OutputSign,
  PartToCheck,
  PartTrace,
  RenderedRow,
  RenderNote,
  RenderPart,
  RenderWork,
  SandboxFault,
  UnsupportedFeature,
} from './protocol.ts';
export { Sandbox, type RenderOptions, type SandboxOptions } from './sandbox.ts';
export { toMillraceError } from './to-millrace-error.ts';
