import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { consoleCode } from '../../browser-code/index.ts';

export interface ViewField {
  /** `Template.published` */
  name: string;
  schema: string;
  field: string;
  optional: boolean;
  /** The schema or the field may be absent. */
  awaited: boolean;
}

const views = join(consoleCode.sources, 'api', 'views');

/** The fields of the interfaces in the console's api/views that name a schema of the OpenAPI description. */
export function viewFields(): ViewField[] {
  return readdirSync(views).flatMap((file) => fieldsIn(join(views, file)));
}

function fieldsIn(path: string): ViewField[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true);
  return file.statements.filter(ts.isInterfaceDeclaration).flatMap((declaration) => {
    const schema = tagOf(declaration, 'schema');
    if (schema === undefined) return [];
    const awaited = (tagOf(declaration, 'awaited') ?? '').split(/\s+/);
    return declaration.members.filter(ts.isPropertySignature).map((member) => {
      const field = member.name.getText(file);
      const name = `${declaration.name.text}.${field}`;
      return { name, schema, field, optional: member.questionToken !== undefined, awaited: awaited.includes(field) };
    });
  });
}

function tagOf(node: ts.Node, name: string): string | undefined {
  const tag = ts.getJSDocTags(node).find((one) => one.tagName.text === name);
  return tag && (ts.getTextOfJSDocComment(tag.comment) ?? '').trim();
}
