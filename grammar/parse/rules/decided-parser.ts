import {
  EarlyExitException,
  EmbeddedActionsParser,
  type IParserErrorMessageProvider,
  NoViableAltException,
  type TokenType,
} from 'chevrotain';
import { type Decide, Deciding, type Decisions, decideBy } from '../decisions.ts';

/**
 * Chevrotain's parser, which works the decisions of its grammar out or is handed them. Then it has no record of its
 * grammar, which chevrotain itself would read to list everything that could stand where nothing fits; our messages
 * need the rule's name alone.
 */
export abstract class DecidedParser extends EmbeddedActionsParser {
  /** What chevrotain has and its types do not tell. */
  declare private readonly lookAheadFuncsCache: Map<number, Decide>;
  declare private selfAnalysisDone: boolean;
  declare private readonly getCurrRuleFullName: () => string;

  private readonly deciding: Deciding;
  private readonly messages: IParserErrorMessageProvider;

  constructor(tokens: TokenType[], messages: IParserErrorMessageProvider, skipValidations: boolean) {
    const deciding = new Deciding({ maxLookahead: 1 });
    super(tokens, {
      maxLookahead: 1,
      recoveryEnabled: false,
      skipValidations,
      errorMessageProvider: messages,
      lookaheadStrategy: deciding,
    });
    this.deciding = deciding;
    this.messages = messages;
  }

  /** Ends the making of a parser, in place of `performSelfAnalysis`. */
  protected decide(decided: Decisions | undefined): void {
    if (decided === undefined) {
      this.performSelfAnalysis();
      return;
    }
    for (const [place, decision] of decided) this.lookAheadFuncsCache.set(place, decideBy(decision));
    this.selfAnalysisDone = true;
  }

  /** What was worked out. */
  get decisions(): Decisions {
    return [...this.lookAheadFuncsCache].flatMap(([place, decide]) => {
      const decision = this.deciding.behind(decide);
      return decision === undefined ? [] : [[place, decision] as const];
    });
  }

  protected raiseNoAltException(): never {
    const message = this.messages.buildNoViableAltMessage(this.failure());
    throw new NoViableAltException(message, this.LA(1), this.LA(0));
  }

  protected raiseEarlyExitException(): never {
    const message = this.messages.buildEarlyExitMessage(this.failure());
    throw new EarlyExitException(message, this.LA(1), this.LA(0));
  }

  private failure() {
    return {
      ruleName: this.getCurrRuleFullName(),
      actual: [this.LA(1)],
      previous: this.LA(0),
      expectedPathsPerAlt: [],
      expectedIterationPaths: [],
      customUserDescription: '',
    };
  }
}
