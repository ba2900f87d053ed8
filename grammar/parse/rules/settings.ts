import type { IToken, ParserMethod } from 'chevrotain';
import type {
  GlobalParameter,
  GlobalValue,
  Item,
  LoadModule,
  MemoryGroup,
  ModParam,
  Name,
  StringLiteral,
} from '../../ast.ts';
import { suggest } from '../../findings/suggest.ts';
import * as t from '../tokens.ts';
import { StatementRules } from './statements.ts';

/** Global parameters and modules (cfg.y: assign_stm, module_stm). Which parameters there are is not grammar. */
export abstract class SettingRules extends StatementRules {
  /** cfg.y: assign_stm. */
  protected readonly setting: ParserMethod<[], GlobalParameter> = this.rule('setting', () => {
    const word = this.CONSUME(t.Word);
    if (!this.RECORDING_PHASE && !this.next(t.Equal)) throw this.notASetting(word);
    this.CONSUME(t.Equal);
    if (!this.RECORDING_PHASE && (this.valueIsMissing() || this.valueIsKeyword())) {
      this.reportFailure(this.unexpected('a value'));
      if (!this.startsLine()) this.SKIP_TOKEN();
      const span = this.from(word.startOffset);
      const value: GlobalValue = { kind: 'BrokenExpression', span: { start: span.end, end: span.end } };
      return { kind: 'GlobalParameter', name: this.nameOf(word), value, span };
    }
    const value = this.SUBRULE(this.settingValue);
    const furtherValues: StringLiteral[] = [];
    this.MANY(() => {
      this.CONSUME(t.Colon);
      furtherValues.push(this.stringOf(this.CONSUME(t.StringToken)));
    });
    const profile = this.OPTION({
      GATE: () => this.LA(1).image === 'use_auto_scaling_profile' && !this.next(t.Equal, 2),
      DEF: () => this.SUBRULE(this.profileOfWorkers),
    });
    const span = this.from(word.startOffset);
    if (furtherValues.length > 0) this.remark('mpath list', span);
    return {
      kind: 'GlobalParameter',
      name: this.nameOf(word),
      value,
      ...(furtherValues.length > 0 && { furtherValues }),
      ...(profile && { profile }),
      span,
    };
  });

  /** A value behind a word asks for `=`; anything else says that the word itself is out of place. */
  private notASetting(word: IToken) {
    const span = this.spanOf(word);
    const message = `\`${word.image}\` begins nothing at top level`;
    const near = word.tokenType === t.ReservedWord ? undefined : suggest(word.image, itemWords);
    if (near !== undefined) {
      const help = `did you mean ${near}?`;
      return this.fail('syntax-error', span, message, { help, fix: { span, text: near } });
    }
    if (this.next(t.Equality) && this.LA(1).image === '==') {
      const fix = { span: this.spanOf(this.LA(1)), text: '=' };
      const details = { help: 'did you mean `=`?', fix };
      return this.fail('syntax-error', fix.span, '`==` stands where `=` should', details);
    }
    if (
      word.tokenType === t.ReservedWord ||
      this.next(t.StringToken) ||
      this.next(t.NumberToken) ||
      this.next(t.BooleanWord) ||
      this.next(t.Assign)
    ) {
      return this.unexpected('`=`');
    }
    const help = 'here stand parameters (name = value), loadmodule, modparam and routes';
    const isElse = word.tokenType === t.Else;
    return this.fail('syntax-error', span, message, (isElse ? this.missingOpening() : undefined) ?? { help });
  }

  /** Where the next line already begins something else. */
  protected valueIsMissing(): boolean {
    return this.startsLine() && (this.startsItem() || (this.next(t.Word) && this.next(t.Equal, 2)));
  }

  /** `yes` and the like are numbers. */
  private valueIsKeyword(): boolean {
    const isHost = this.next(t.Dot, 2) || this.next(t.Minus, 2);
    return this.next(t.Word) && !this.next(t.Name) && !this.next(t.BooleanWord) && !isHost;
  }

  private readonly settingValue: ParserMethod<[], GlobalValue> = this.rule('settingValue', () =>
    this.OR<GlobalValue>([
      { ALT: () => this.stringOf(this.CONSUME(t.StringToken)) },
      {
        GATE: () => !this.next(t.Dot, 2) && !this.next(t.Minus, 2),
        ALT: () => this.SUBRULE(this.signedNumber),
      },
      { ALT: () => this.SUBRULE(this.host), IGNORE_AMBIGUITIES: true },
    ]),
  );

  private readonly profileOfWorkers: ParserMethod<[], Name> = this.rule('profileOfWorkers', () => {
    const start = this.CONSUME(t.Word).startOffset;
    const profile = this.nameOf(this.CONSUME(t.Name));
    this.remark('workers with auto scaling profile', this.from(start));
    return profile;
  });

  /** cfg.y: MEMGROUP EQUAL STRING COLON multi_string. */
  protected readonly memoryGroup: ParserMethod<[], MemoryGroup> = this.rule('memoryGroup', () => {
    const modules: StringLiteral[] = [];
    const start = this.CONSUME(t.MemoryGroupWord).startOffset;
    this.CONSUME(t.Equal);
    const name = this.stringOf(this.CONSUME(t.StringToken));
    this.CONSUME(t.Colon);
    this.AT_LEAST_ONE(() => {
      modules.push(this.stringOf(this.CONSUME2(t.StringToken)));
    });
    const span = this.from(start);
    this.remark('mem-group', span);
    return { kind: 'MemoryGroup', name, modules, span };
  });

  /** cfg.y: LOADMODULE STRING. */
  protected readonly loadModule: ParserMethod<[], LoadModule> = this.rule('loadModule', () => {
    const start = this.CONSUME(t.LoadModuleWord).startOffset;
    const path = this.stringOf(this.CONSUME(t.StringToken));
    return { kind: 'LoadModule', path, span: this.from(start) };
  });

  /** cfg.y: MODPARAM. */
  protected readonly modParam: ParserMethod<[], ModParam> = this.rule('modParam', () => {
    const start = this.CONSUME(t.ModParamWord).startOffset;
    this.CONSUME(t.LeftParenthesis);
    const module = this.stringOf(this.CONSUME(t.StringToken));
    this.CONSUME(t.Comma);
    const name = this.stringOf(this.CONSUME2(t.StringToken));
    this.CONSUME2(t.Comma);
    const value = this.SUBRULE(this.modParamValue);
    this.CONSUME(t.RightParenthesis);
    return { kind: 'ModParam', module, name, value, span: this.from(start) };
  });

  private readonly modParamValue: ParserMethod<[], ModParam['value']> = this.rule('modParamValue', () =>
    this.OR<ModParam['value']>([
      { ALT: () => this.foldedValue() },
      { ALT: () => this.SUBRULE(this.signedNumber) },
    ]),
  );

  private foldedValue(): StringLiteral {
    const value = this.SUBRULE(this.foldedString);
    if (!this.RECORDING_PHASE && value.parts !== undefined) {
      this.remark('modparam value of several strings', value.span);
    }
    return value;
  }

  /** Something of the top level. cfg.y: statement. */
  protected abstract readonly item: ParserMethod<[], Item>;
}

/** What begins something at top level and is no parameter. */
const itemWords = [
  ...['loadmodule', 'modparam', 'route', 'failure_route', 'onreply_route', 'branch_route', 'local_route'],
  ...['startup_route', 'timer_route', 'event_route', 'error_route', 'include_file', 'import_file'],
];
