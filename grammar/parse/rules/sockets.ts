import type { IToken, ParserMethod } from 'chevrotain';
import type {
  Alias,
  AliasDefinition,
  Host,
  Name,
  NumberLiteral,
  PortRange,
  SocketDefinition,
  SocketOption,
  StringLiteral,
} from '../../ast.ts';
import type { SyntaxFeature } from '../../versions/syntax-facts.ts';
import * as t from '../tokens.ts';
import { SettingRules } from './settings.ts';

type NumberKeyword = Extract<SocketOption, { kind: 'NumberOption' }>['keyword'];
type NameKeyword = Extract<SocketOption, { kind: 'NameOption' }>['keyword'];
type FlagKeyword = Extract<SocketOption, { kind: 'FlagOption' }>['keyword'];

interface OptionForm {
  readonly feature?: SyntaxFeature;
  readonly number?: NumberKeyword;
  readonly name?: NameKeyword;
  readonly flag?: FlagKeyword;
}

/** The words behind a socket, in lower case; cfg.lex takes each in small or capital letters. */
const optionForms: ReadonlyMap<string, OptionForm> = new Map<string, OptionForm>([
  ['as', {}],
  ['use_children', { number: 'use_children', feature: 'socket option use_children' }],
  ['use_workers', { number: 'use_workers', feature: 'socket option use_workers' }],
  ['tos', { number: 'tos', feature: 'socket option tos' }],
  ['tag', { name: 'tag', feature: 'socket option tag' }],
  [
    'use_auto_scaling_profile',
    { name: 'use_auto_scaling_profile', feature: 'socket option use_auto_scaling_profile' },
  ],
  ['anycast', { flag: 'anycast', feature: 'socket option anycast' }],
  ['frag', { flag: 'frag', feature: 'socket option frag' }],
  ['reuse_port', { flag: 'reuse_port', feature: 'socket option reuse_port' }],
  ['accept_subdomain', { flag: 'accept_subdomain', feature: 'socket option accept_subdomain' }],
]);

const proxyForm = /^(?:(allow|send)[-_])?proxy(?:[-_]protocol)?$/;
/** The order in which up to 2.4 the options had to stand. */
const orderOf2 = ['Advertised', 'anycast', 'use_children'];

/** Where to listen (cfg.y: socket_def, id_lst). */
export abstract class SocketRules extends SettingRules {
  /** cfg.y: SOCKET EQUAL socket_def; listen_def up to 2.4. */
  protected readonly socketDefinition: ParserMethod<[], SocketDefinition> = this.rule(
    'socketDefinition',
    () => {
      const keyword = this.nameOf(this.CONSUME(t.SocketWord));
      this.remark(keyword.text === 'listen' ? 'listen keyword' : 'socket keyword', keyword.span);
      this.CONSUME(t.Equal);
      const protocol = this.nameOf(this.CONSUME(t.Word));
      this.CONSUME(t.Colon);
      const host = this.SUBRULE(this.socketHost);
      const members = this.OPTION({
        GATE: () => protocol.text.toLowerCase() === 'bond',
        DEF: () => this.SUBRULE(this.bondMembers),
      });
      const ports = this.OPTION2(() => this.SUBRULE(this.ports)) ?? [];
      const options: SocketOption[] = [];
      this.MANY({
        GATE: () => this.startsOption(),
        DEF: () => options.push(this.SUBRULE(this.socketOption)),
      });
      const span = this.from(keyword.span.start);
      if (!this.RECORDING_PHASE) this.remarkOrder(options);
      return {
        kind: 'SocketDefinition',
        keyword,
        protocol,
        host,
        ports,
        options,
        ...(members && { members }),
        span,
      };
    },
  );

  private readonly socketHost: ParserMethod<[], Host> = this.rule('socketHost', () =>
    this.OR<Host>([
      {
        ALT: () => {
          const span = this.spanOf(this.CONSUME(t.Star));
          this.remark('socket on all addresses', span);
          return { kind: 'Host', text: '*', form: 'any', quoted: false, span };
        },
      },
      { GATE: () => !this.isAnyWord(), ALT: () => this.SUBRULE(this.host) },
    ]),
  );

  /** `any` is no host: all addresses are `*`. */
  private isAnyWord(): boolean {
    return this.LA(1).image === 'any' && !this.next(t.Dot, 2) && !this.next(t.Minus, 2);
  }

  /** cfg.y 4.0: BOND. */
  private readonly bondMembers: ParserMethod<[], StringLiteral[]> = this.rule('bondMembers', () => {
    const members: StringLiteral[] = [];
    const open = this.CONSUME(t.LeftBrace);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => {
        members.push(this.stringOf(this.CONSUME(t.StringToken)));
      },
    });
    this.CONSUME(t.RightBrace);
    this.remark('socket bond', this.from(open.startOffset));
    return members;
  });

  /** cfg.y: COLON portrange. */
  private readonly ports: ParserMethod<[], PortRange[]> = this.rule('ports', () => {
    const ranges: PortRange[] = [];
    this.CONSUME(t.Colon);
    ranges.push(this.SUBRULE(this.portRange));
    this.MANY(() => {
      this.CONSUME(t.Comma);
      ranges.push(this.SUBRULE2(this.portRange));
    });
    const [first] = ranges;
    if (!this.RECORDING_PHASE && first !== undefined && ranges.length > 1)
      this.remark('socket port range', this.from(first.span.start));
    return ranges;
  });

  private readonly portRange: ParserMethod<[], PortRange> = this.rule('portRange', () => {
    const start = this.here;
    const from = this.OR([
      { ALT: () => this.numberOf(this.CONSUME(t.NumberToken)).value },
      { ALT: () => this.anyPort(this.CONSUME(t.ReservedWord)) },
    ]);
    const to = this.OPTION(() => {
      this.CONSUME(t.Minus);
      return this.numberOf(this.CONSUME2(t.NumberToken)).value;
    });
    const span = this.from(start);
    if (to !== undefined) this.remark('socket port range', span);
    return { kind: 'PortRange', from, to: to ?? from, span };
  });

  /** `any` as a port is 0. */
  private anyPort(token: IToken): number {
    const span = this.spanOf(token);
    if (!this.RECORDING_PHASE && token.image !== 'any') {
      throw this.fail('syntax-error', span, `\`${token.image}\` stands where a port should`);
    }
    this.remark('socket port any', span);
    return 0;
  }

  private startsOption(): boolean {
    const form = this.optionText(this.LA(1));
    const isOption = optionForms.has(form) || proxyForm.test(form);
    return isOption && !this.next(t.Equal, 2);
  }

  /** In lower case where it is written in small or in capital letters only. */
  private optionText({ image }: IToken): string {
    const lower = image.toLowerCase();
    return image === lower || image === image.toUpperCase() || /proxy/i.test(image) ? lower : image;
  }

  /** cfg.y: socket_def_param. */
  private readonly socketOption: ParserMethod<[], SocketOption> = this.rule('socketOption', () => {
    const token = this.CONSUME(t.Word);
    const text = this.optionText(token);
    const form = optionForms.get(text) ?? {};
    if (!this.RECORDING_PHASE && this.valueIsMissing() && optionForms.has(text) && form.flag === undefined) {
      const message = `\`${token.image}\` ends the line without its value`;
      throw this.fail('syntax-error', this.spanOf(token), message);
    }
    return this.OR<SocketOption>([
      { GATE: () => form.number !== undefined, ALT: () => this.numberOption(token, form) },
      { GATE: () => form.name !== undefined, ALT: () => this.nameOption(token, form) },
      { GATE: () => text === 'as', ALT: () => this.SUBRULE(this.advertised, { ARGS: [token] }) },
      { ALT: () => this.flagOption(token, text, form) },
    ]);
  });

  private numberOption(token: IToken, form: OptionForm): SocketOption {
    const value = this.SUBRULE(this.plainNumber);
    const span = this.optionSpan(token.startOffset, form);
    return { kind: 'NumberOption', keyword: form.number ?? 'tos', value, span };
  }

  private nameOption(token: IToken, form: OptionForm): SocketOption {
    const value = this.nameOf(this.CONSUME(t.Name));
    const span = this.optionSpan(token.startOffset, form);
    return { kind: 'NameOption', keyword: form.name ?? 'tag', value, span };
  }

  /** cfg.y: AS listen_id_def. */
  private readonly advertised: ParserMethod<[IToken], SocketOption> = this.rule('advertised', (token) => {
    const host = this.SUBRULE(this.host);
    const ports = this.OPTION(() => this.SUBRULE(this.ports)) ?? [];
    return { kind: 'Advertised', host, ports, span: this.from(this.RECORDING_PHASE ? 0 : token.startOffset) };
  });

  private optionSpan(start: number, form: OptionForm) {
    const span = this.from(start);
    if (form.feature !== undefined) this.remark(form.feature, span);
    return span;
  }

  private flagOption(token: IToken, text: string, form: OptionForm): SocketOption {
    const span = this.spanOf(token);
    if (this.RECORDING_PHASE) return { kind: 'FlagOption', keyword: 'anycast', span };
    if (form.flag !== undefined) {
      return { kind: 'FlagOption', keyword: form.flag, span: this.optionSpan(token.startOffset, form) };
    }
    const proxy = proxyForm.exec(text);
    if (proxy === null) throw this.unexpected(wantedBehind(form));
    this.remark('socket option proxy protocol', span);
    const keyword =
      proxy[1] === 'allow'
        ? 'allow_proxy_protocol'
        : proxy[1] === 'send'
          ? 'send_proxy_protocol'
          : 'proxy_protocol';
    return { kind: 'FlagOption', keyword, span };
  }

  private remarkOrder(options: readonly SocketOption[]): void {
    let last = -1;
    for (const option of options) {
      const place = orderOf2.indexOf(option.kind === 'Advertised' ? option.kind : option.keyword);
      if (place >= 0 && place <= last) this.remark('socket options in any order', option.span);
      last = Math.max(last, place);
    }
  }

  // ---- alias.

  /** cfg.y: ALIAS EQUAL id_lst. */
  protected readonly aliasDefinition: ParserMethod<[], AliasDefinition> = this.rule('aliasDefinition', () => {
    const aliases: Alias[] = [];
    const start = this.CONSUME(t.AliasWord).startOffset;
    this.CONSUME(t.Equal);
    aliases.push(this.SUBRULE(this.alias));
    this.MANY({
      GATE: () => this.startsAlias(),
      DEF: () => aliases.push(this.SUBRULE2(this.alias)),
    });
    return { kind: 'AliasDefinition', aliases, span: this.from(start) };
  });

  /** A word that `=` follows begins the next parameter, a keyword something else, unless it is part of a host. */
  private startsAlias(): boolean {
    if (!this.next(t.Word)) return true;
    if (this.next(t.Dot, 2) || this.next(t.Minus, 2) || this.next(t.Colon, 2)) return true;
    return this.next(t.Name) && !this.next(t.Equal, 2) && !this.startsItem();
  }

  /** cfg.y: alias_def. */
  private readonly alias: ParserMethod<[], Alias> = this.rule('alias', () => {
    const start = this.here;
    const protocol = this.OPTION({
      GATE: () => this.next(t.Colon, 2),
      DEF: () => {
        const word = this.nameOf(this.CONSUME(t.Word));
        this.CONSUME(t.Colon);
        return word;
      },
    });
    const host = this.SUBRULE(this.host);
    const port = this.OPTION2({
      GATE: () => protocol !== undefined,
      DEF: () => {
        this.CONSUME2(t.Colon);
        return this.SUBRULE(this.port);
      },
    });
    const acceptSubdomain =
      this.OPTION3({
        GATE: () => this.optionText(this.LA(1)) === 'accept_subdomain' && !this.next(t.Equal, 2),
        DEF: () => {
          this.remark('alias accept_subdomain', this.spanOf(this.CONSUME2(t.Word)));
          return true;
        },
      }) ?? false;
    const span = this.from(start);
    return {
      kind: 'Alias',
      ...(protocol && { protocol }),
      host,
      ...(port && { port }),
      acceptSubdomain,
      span,
    };
  });

  /** cfg.y: port. */
  protected readonly port: ParserMethod<[], NumberLiteral | Name> = this.rule('port', () =>
    this.OR<NumberLiteral | Name>([
      { ALT: () => this.numberOf(this.CONSUME(t.NumberToken)) },
      {
        ALT: () => {
          const name = this.nameOf(this.CONSUME(t.ReservedWord));
          if (this.RECORDING_PHASE || name.text === 'any') return name;
          throw this.fail('syntax-error', name.span, `\`${name.text}\` stands where a port should`);
        },
      },
    ]),
  );
}

function wantedBehind(form: OptionForm): string {
  if (form.number !== undefined) return 'a number';
  return form.name === undefined ? 'a host or an address' : 'a name without quotes';
}
