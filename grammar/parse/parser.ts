import type { Config } from '../ast.ts';
import type { Lexed } from './lexer.ts';
import { RouteRules } from './rules/routes.ts';

export interface ParserOptions {
  /** Levels of blocks, brackets and `not` within each other; default 100. */
  readonly maxNesting?: number;
  /** Operators of one expression, branches of one `else if` chain; default 2000. */
  readonly maxOperators?: number;
  /** Whether chevrotain checks the grammar; the tests ask for it once, a start has no time for it. Default false. */
  readonly validate?: boolean;
}

/** The whole grammar. Actions build the tree at once; there is no parse tree in between. */
export class ConfigParser extends RouteRules {
  constructor(options: ParserOptions = {}) {
    const { maxNesting = 100, maxOperators = 2000, validate = false } = options;
    super(maxNesting, maxOperators, !validate);
    this.performSelfAnalysis();
  }

  /** Reads the tokens of a text; problems and facts are in `diagnostics` and `facts` until the next text. */
  read(lexed: Lexed, text: string): Config {
    const { length } = lexed.tokens;
    this.begin(lexed.tokens, text);
    const span = { start: 0, end: text.length };
    const items = this.items();
    if (length === 0)
      this.report(
        'empty-file',
        { start: text.length, end: text.length },
        'the file holds no parameter and no route',
      );
    return { kind: 'Config', items, span };
  }
}
