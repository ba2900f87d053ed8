import type { IToken, ParserMethod } from 'chevrotain';
import type { Block, Item, RouteBlock, RouteKeyword } from '../../ast.ts';
import * as t from '../tokens.ts';
import { BlacklistRules } from './blacklists.ts';
import { describeToken } from './messages.ts';

type RouteHead = Pick<RouteBlock, 'keyword' | 'keywordSpan' | 'name' | 'interval' | 'mode'>;

/** The routes of all kinds (cfg.y: route_stm and its sisters), and the file as a whole. */
export abstract class RouteRules extends BlacklistRules {
  /** cfg.y: statement. */
  protected readonly item: ParserMethod<[], Item> = this.rule('item', () =>
    this.OR<Item>([
      { ALT: () => this.SUBRULE(this.route) },
      { ALT: () => this.SUBRULE(this.loadModule) },
      { ALT: () => this.SUBRULE(this.modParam) },
      { ALT: () => this.SUBRULE(this.socketDefinition) },
      { ALT: () => this.SUBRULE(this.aliasDefinition) },
      { ALT: () => this.SUBRULE(this.blacklist) },
      { ALT: () => this.SUBRULE(this.scalingProfile) },
      { ALT: () => this.SUBRULE(this.memoryGroup) },
      { ALT: () => this.SUBRULE(this.setting), IGNORE_AMBIGUITIES: true },
    ]),
  );

  private readonly route: ParserMethod<[], Item> = this.rule('route', () => {
    const start = this.here;
    const head = this.headOrUndefined();
    const body = this.SUBRULE(this.routeBody);
    const span = this.from(start);
    return head === undefined ? { kind: 'BrokenItem', span } : { kind: 'RouteBlock', ...head, body, span };
  });

  /** The head, or nothing where it is broken and its body follows. */
  private headOrUndefined(): RouteHead | undefined {
    if (this.RECORDING_PHASE) return this.SUBRULE(this.routeHead);
    try {
      return this.SUBRULE(this.routeHead);
    } catch (thrown) {
      this.reportFailure(thrown);
      while (!this.next(t.LeftBrace)) {
        if (this.atEnd() || this.next(t.RightBrace) || this.next(t.Semicolon) || this.startsItem())
          throw thrown;
        this.SKIP_TOKEN();
      }
      return undefined;
    }
  }

  private readonly routeHead: ParserMethod<[], RouteHead> = this.rule('routeHead', () =>
    this.OR<RouteHead>([
      { ALT: () => this.SUBRULE(this.optionalHead) },
      { ALT: () => this.SUBRULE(this.namedHead) },
      { ALT: () => this.headOf(this.CONSUME(t.PlainRouteWord)) },
      { ALT: () => this.SUBRULE(this.timerHead) },
      { ALT: () => this.SUBRULE(this.eventHead) },
    ]),
  );

  /** cfg.y: route_stm, onreply_route_stm. */
  private readonly optionalHead: ParserMethod<[], RouteHead> = this.rule('optionalHead', () => {
    const token = this.OR([
      { ALT: () => this.CONSUME(t.RouteWord) },
      { ALT: () => this.CONSUME(t.OnReplyRouteWord) },
    ]);
    const name = this.OPTION(() => this.SUBRULE(this.bracketedName));
    return { ...this.headOf(token), ...(name && { name }) };
  });

  private readonly bracketedName: ParserMethod<[], NonNullable<RouteHead['name']>> = this.rule(
    'bracketedName',
    () => {
      this.CONSUME(t.LeftBracket);
      const name = this.SUBRULE(this.routeName);
      this.CONSUME(t.RightBracket);
      return name;
    },
  );

  /** cfg.y: failure_route_stm, branch_route_stm. */
  private readonly namedHead: ParserMethod<[], RouteHead> = this.rule('namedHead', () => {
    const token = this.CONSUME(t.NamedRouteWord);
    if (!this.RECORDING_PHASE && this.next(t.LeftBrace)) {
      throw this.unexpected('`[`', `${token.image} wants a name: ${token.image}[name]`);
    }
    return { ...this.headOf(token), name: this.SUBRULE(this.bracketedName) };
  });

  /** cfg.y: timer_route_stm. */
  private readonly timerHead: ParserMethod<[], RouteHead> = this.rule('timerHead', () => {
    const token = this.CONSUME(t.TimerRouteWord);
    this.CONSUME(t.LeftBracket);
    const name = this.SUBRULE(this.routeName);
    this.CONSUME(t.Comma);
    const interval = this.SUBRULE(this.plainNumber);
    this.CONSUME(t.RightBracket);
    return { ...this.headOf(token), name, interval };
  });

  /** cfg.y: event_route_stm; sync and async up to 2.4. */
  private readonly eventHead: ParserMethod<[], RouteHead> = this.rule('eventHead', () => {
    const token = this.CONSUME(t.EventRouteWord);
    this.CONSUME(t.LeftBracket);
    const name = this.SUBRULE(this.routeName);
    const mode = this.OPTION(() => {
      this.CONSUME(t.Comma);
      return this.eventMode(this.CONSUME(t.Word));
    });
    this.CONSUME(t.RightBracket);
    return { ...this.headOf(token), name, ...(mode && { mode }) };
  });

  private eventMode(token: IToken): 'sync' | 'async' {
    const span = this.spanOf(token);
    if (token.image !== 'async' && token.image !== 'sync' && !this.RECORDING_PHASE) {
      throw this.fail('syntax-error', span, `\`${token.image}\` stands where sync or async should`);
    }
    this.remark('event_route sync or async', span);
    return token.image === 'async' ? 'async' : 'sync';
  }

  private readonly routeBody: ParserMethod<[], Block> = this.rule('routeBody', () => {
    const open = this.CONSUME(t.LeftBrace);
    this.beginLayout();
    const statements = this.statementList(false);
    if (statements.length === 0 && !this.RECORDING_PHASE && this.next(t.RightBrace)) {
      this.report('empty-route', this.spanOf(this.LA(1)), 'the route ends before its first statement');
    }
    this.closeBrace(open);
    return { kind: 'Block', braced: true, statements, span: this.from(open.startOffset) };
  });

  /** cfg.y: cfg. Whatever is broken is reported and passed over. */
  protected readonly items: ParserMethod<[], Item[]> = this.rule('items', () => {
    const list: Item[] = [];
    if (this.RECORDING_PHASE) {
      this.AT_LEAST_ONE(() => list.push(this.SUBRULE(this.item)));
      return list;
    }
    while (!this.atEnd()) {
      const start = this.here;
      if (this.isStrayStatement()) {
        this.readStrayStatements();
        list.push({ kind: 'BrokenItem', span: this.from(start) });
        continue;
      }
      try {
        list.push(this.SUBRULE(this.item));
      } catch (thrown) {
        this.reportItem(thrown);
        this.skipItem(start);
        list.push({ kind: 'BrokenItem', span: this.from(start) });
      }
    }
    return list;
  });

  /** A word with brackets and no `;` behind them is rather a misspelt modparam. */
  private isStrayStatement(): boolean {
    return this.looksLikeStatement() && (!this.next(t.Name) || this.endsAsCall());
  }

  /** Behind a `}` that closed the route too early: told once, and what stands there is read. */
  private readStrayStatements(): void {
    const token = this.LA(1);
    const message = `${describeToken(token)} stands outside of every route`;
    const help = 'a statement belongs into a route; perhaps a `}` before it closed the route too early';
    this.report('syntax-error', this.spanOf(token), message, this.missingOpening() ?? { help });
    this.statementList(false);
    if (this.next(t.RightBrace)) this.SKIP_TOKEN();
  }

  private reportItem(thrown: unknown): void {
    const token = this.LA(1);
    if (token.tokenType === t.Semicolon) {
      const span = this.spanOf(token);
      this.report('stray-semicolon', span, '`;` stands outside of a route', { fix: { span, text: '' } });
      return;
    }
    if (token.tokenType === t.RightBrace) {
      this.report('stray-brace', this.spanOf(token), 'this `}` closes nothing', this.missingOpening());
      return;
    }
    this.reportFailure(thrown);
  }

  /**
   * To the next thing of the top level. What stands in braces, and what looks like statements because a `}` before
   * closed the route too early, is read as statements, so that their slips are found as well.
   */
  private skipItem(start: number): void {
    while (!this.atEnd() && !(this.here > start && this.beginsItem())) {
      const inside = this.next(t.LeftBrace) || this.next(t.RightBrace);
      if (inside || !this.looksLikeStatement()) this.SKIP_TOKEN();
      if (inside ? !this.mayBeginStatement() : !this.looksLikeStatement()) continue;
      this.statementList(false);
      if (this.next(t.RightBrace)) this.SKIP_TOKEN();
    }
  }

  private looksLikeStatement(): boolean {
    if (this.next(t.VariableToken)) return this.next(t.Assign, 2);
    return this.next(t.LeftParenthesis, 2) && (this.next(t.Name) || statementWords.has(this.LA(1).tokenType));
  }

  private beginsItem(): boolean {
    if (this.startsItem()) return true;
    if (!this.next(t.Word)) return false;
    return this.next(t.Equal, 2) || (this.startsLine() && !this.looksLikeStatement());
  }

  private headOf(token: IToken): RouteHead {
    return { keyword: token.image as RouteKeyword, keywordSpan: this.spanOf(token) };
  }
}

const statementWords: ReadonlySet<IToken['tokenType']> = new Set([
  ...[t.If, t.While, t.For, t.Switch, t.Return, t.Exit, t.Drop, t.RouteWord, t.XlogWord, t.LogWord],
]);
