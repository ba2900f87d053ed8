import type { Config } from '../ast.ts';
import { decidedGrammar } from './decided-grammar.ts';
import type { Decisions } from './decisions.ts';
import type { Lexed } from './lexer.ts';
import type { ParserOptions } from './parser-options.ts';
import { RouteRules } from './rules/routes.ts';

/** The whole grammar. Actions build the tree at once; there is no parse tree in between. */
export class ConfigParser extends RouteRules {
  /** @param decided The decisions of the grammar, where they were worked out before. */
  constructor(options: ParserOptions = {}, decided: Decisions | undefined = decidedGrammar) {
    const { maxNesting = 100, maxOperators = 2000, validate = false } = options;
    super(maxNesting, maxOperators, !validate);
    this.decide(validate ? undefined : decided);
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
