import type { Place, TemplateFaultCode } from '../guard/index.ts';
import type { RenderFrame } from '../helpers/index.ts';
import type { Outcome, Outline, TracedCondition, TracedToken } from '../tokens/index.ts';

/** A piece of a mail, or a template of a mapping. */
export interface RenderPart {
  /** Names the part in errors: `subject`, `source`. */
  name: string;
  source: string;
  /** Values are escaped for HTML. */
  html: boolean;
}

/** Parts that are rendered for each row. */
export interface RenderWork {
  parts: RenderPart[];
  /** What survives JSON arrives; the rest does not. */
  rows: object[];
  frame: RenderFrame;
  /** Tell the tokens and conditions; for one row. */
  explain?: boolean;
  /** Tell only what differs between people, instead of the outputs. */
  outcomes?: boolean;
  /** Also give this part, an HTML one, as plain text. */
  plainTextOf?: number;
}

export interface RenderedRow {
  /** In the order of the parts. */
  outputs: string[];
  plainText?: string;
  /** By part, when asked for. */
  explained?: Omit<ExplainedPart, 'output'>[];
  outcomes?: Outcome[][];
}

/** One part for one row, and what happened in it. */
export interface ExplainedPart {
  output: string;
  /** The output with marks around what the tokens and conditions made (tokens/markers.ts). */
  marked: string;
  tokens: TracedToken[];
  conditions: TracedCondition[];
}

export interface CheckedPart {
  /** Tokens as they are written. */
  paths: string[];
  outline: Outline;
}

export interface UnsupportedFeature {
  /** As caniemail.com names it: `border-radius`, `<video> element`. */
  feature: string;
  /** Those that lack it: `outlook.windows`. */
  clients: string[];
}

export type SandboxTask =
  | { kind: 'render'; work: RenderWork[] }
  | { kind: 'check'; parts: RenderPart[] }
  | { kind: 'support'; html: string; clients: string[] };

export type SandboxResult =
  | { kind: 'render'; rows: RenderedRow[][] }
  | { kind: 'check'; parts: CheckedPart[] }
  | { kind: 'support'; unsupported: UnsupportedFeature[] };

export interface SandboxFault {
  code: TemplateFaultCode;
  message: string;
  part?: string;
  place?: Place;
}

/** From the child: it is up; or an answer. */
export type SandboxReply =
  { ready: true } | { id: number; result: SandboxResult } | { id: number; fault: SandboxFault };
export type SandboxRequest = { id: number; task: SandboxTask };
