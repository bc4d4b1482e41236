import Handlebars from 'handlebars';

/** Names with composed letters, as data have them: an editor on macOS writes `é` in two characters. What is shown of the source stays as it is written. */
export function composeNames(program: hbs.AST.Program): void {
  new Composer().accept(program);
}

class Composer extends Handlebars.Visitor {
  override Program(program: hbs.AST.Program): void {
    if (program.blockParams) program.blockParams = program.blockParams.map(composed);
    super.Program(program);
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    path.parts = path.parts.map(composed);
  }

  override Hash(hash: hbs.AST.Hash): void {
    for (const pair of hash.pairs) pair.key = composed(pair.key);
    super.Hash(hash);
  }
}

function composed(name: string): string {
  return name.normalize('NFC');
}
