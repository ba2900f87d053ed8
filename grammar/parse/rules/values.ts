import { type IToken, type ParserMethod, tokenMatcher } from 'chevrotain';
import type { Host, IpNetwork, Name, NumberLiteral, SocketName, Span, Variable } from '../../ast.ts';
import type { Fix } from '../../findings/diagnostics.ts';
import { parseVariable } from '../script-variable.ts';
import * as t from '../tokens.ts';
import { BaseRules } from './base.ts';

/** Numbers, variables, hosts, addresses: what settings and statements are made of. */
export abstract class ValueRules extends BaseRules {
  /** cfg.y: snumber; boolean words are numbers. */
  protected readonly signedNumber: ParserMethod<[], NumberLiteral> = this.rule('signedNumber', () => {
    const sign = this.OPTION(() => this.CONSUME(t.Sign));
    const token = this.OR([
      { ALT: () => this.CONSUME(t.NumberToken) },
      { ALT: () => this.CONSUME(t.BooleanWord) },
    ]);
    const number = this.numberOf(token);
    if (sign === undefined) return number;
    // Subtracted, because `-0` is no number of OpenSIPS.
    const isMinus = sign.image === '-';
    const value = isMinus ? 0 - number.value : number.value;
    return { ...number, value, sign: isMinus ? '-' : '+', span: this.from(sign.startOffset) };
  });

  /** cfg.y: NUMBER. */
  protected readonly plainNumber: ParserMethod<[], NumberLiteral> = this.rule('plainNumber', () =>
    this.numberOf(
      this.OR([{ ALT: () => this.CONSUME(t.NumberToken) }, { ALT: () => this.CONSUME(t.BooleanWord) }]),
    ),
  );

  /** cfg.y: script_var. */
  protected readonly variable: ParserMethod<[], Variable> = this.rule('variable', () =>
    this.variableOf(this.CONSUME(t.VariableToken)),
  );

  /** cfg.y: listen_id. */
  protected readonly host: ParserMethod<[], Host> = this.rule('host', () =>
    this.OR<Host>([
      { ALT: () => this.hostOf(this.ipv4Of(this.CONSUME(t.Ipv4)), 'ipv4') },
      { ALT: () => this.hostOf(this.CONSUME(t.Ipv6), 'ipv6') },
      {
        ALT: () => {
          const open = this.CONSUME(t.LeftBracket);
          const host = this.hostOf(this.CONSUME2(t.Ipv6), 'ipv6');
          this.CONSUME(t.RightBracket);
          return { ...host, span: this.from(open.startOffset) };
        },
      },
      { ALT: () => this.quotedHost(this.CONSUME(t.StringToken)) },
      { ALT: () => this.SUBRULE(this.hostName) },
    ]),
  );

  /** cfg.y: host. */
  protected readonly hostName: ParserMethod<[], Host> = this.rule('hostName', () => {
    const first = this.CONSUME(t.Word);
    const labels = [first];
    let text = first.image;
    this.MANY(() => {
      const separator = this.OR([{ ALT: () => this.CONSUME(t.Dot) }, { ALT: () => this.CONSUME(t.Minus) }]);
      const label = this.SUBRULE(this.hostLabel);
      labels.push(label);
      text += separator.image + label.image;
    });
    const span = this.from(first.startOffset);
    if (!this.RECORDING_PHASE) this.refuseKeywords(labels, { span, text: `"${text}"` });
    return { kind: 'Host', text, form: 'name', quoted: false, span };
  });

  private readonly hostLabel: ParserMethod<[], IToken> = this.rule('hostLabel', () => {
    if (!this.RECORDING_PHASE && !this.next(t.Word)) {
      throw this.unexpected('a part of a host name', 'write the host in quotes if it holds other characters');
    }
    return this.CONSUME(t.Word);
  });

  private refuseKeywords(labels: readonly IToken[], fix: Fix): void {
    const keyword = labels.find((label) => !tokenMatcher(label, t.Name));
    if (keyword === undefined) return;
    const message = `\`${keyword.image}\` is a reserved word and cannot be a part of a host name`;
    this.report('reserved-word', this.spanOf(keyword), message, { help: 'write the host in quotes', fix });
  }

  /** cfg.y: phostport, as an argument. */
  protected readonly socketName: ParserMethod<[], SocketName> = this.rule('socketName', () => {
    const start = this.here;
    const protocol = this.nameOf(this.CONSUME(t.Word));
    this.CONSUME(t.Colon);
    const host = this.SUBRULE(this.host);
    const port = this.OPTION(() => {
      this.CONSUME2(t.Colon);
      return this.SUBRULE(this.plainNumber);
    });
    return { kind: 'SocketName', protocol, host, ...(port && { port }), span: this.from(start) };
  });

  /** cfg.y: ipnet. */
  protected readonly network: ParserMethod<[], IpNetwork> = this.rule('network', () => {
    const start = this.here;
    const address = this.OR([
      { ALT: () => this.CONSUME(t.IpNet).image },
      { ALT: () => this.ipv4Of(this.CONSUME(t.Ipv4)).image },
      { ALT: () => this.CONSUME(t.Ipv6).image },
      {
        ALT: () => {
          this.CONSUME(t.LeftBracket);
          const { image } = this.CONSUME2(t.Ipv6);
          this.CONSUME(t.RightBracket);
          return image;
        },
      },
    ]);
    const mask = this.OPTION(() => {
      this.CONSUME(t.Slash);
      return this.OR2([
        { ALT: () => this.CONSUME(t.NumberToken) },
        { ALT: () => this.CONSUME2(t.Ipv4) },
        { ALT: () => this.CONSUME3(t.Ipv6) },
      ]).image;
    });
    return networkOf(mask === undefined ? address : `${address}/${mask}`, this.from(start));
  });

  /** cfg.y: route_name. A number is kept as a name. */
  protected readonly routeName: ParserMethod<[], Name> = this.rule('routeName', () =>
    this.OR<Name>([
      { ALT: () => this.nameOf(this.CONSUME(t.Name)) },
      { ALT: () => this.numberAsName(this.CONSUME(t.NumberToken)) },
      { ALT: () => this.numberAsName(this.CONSUME(t.BooleanWord)) },
      {
        ALT: () => {
          const token = this.CONSUME(t.StringToken);
          return { kind: 'Name', text: String(token.payload), quoted: true, span: this.spanOf(token) };
        },
      },
    ]),
  );

  private numberAsName(token: IToken): Name {
    return {
      kind: 'Name',
      text: String(this.numberOf(token).value),
      quoted: false,
      span: this.spanOf(token),
    };
  }

  protected variableOf(token: IToken): Variable {
    const { variable, problems, rest } = parseVariable(token.image, token.startOffset);
    // The lexer has told of a variable that is not closed.
    if (token.payload !== undefined) return variable;
    for (const problem of problems) this.report('bad-variable', problem.span, problem.message);
    if (rest !== undefined) this.warnOfRest(token, rest);
    return variable;
  }

  private warnOfRest({ image, startOffset, endOffset }: IToken, rest: Span): void {
    const ignored = image.slice(rest.start - startOffset);
    const fix = {
      span: { start: startOffset, end: (endOffset ?? startOffset) + 1 },
      text: `$(${image.slice(1)})`,
    };
    const isTransformation = /^(?:\[|\{\w+\.)/.test(ignored);
    this.warn('text-after-variable', rest, `OpenSIPS ignores \`${ignored}\` behind the variable`, {
      ...(isTransformation && { fix }),
    });
  }

  /** cfg.y: ipv4. */
  private ipv4Of(token: IToken): IToken {
    const wrong = token.image.split('.').find((part) => Number(part) > 255);
    if (!this.RECORDING_PHASE && wrong !== undefined) {
      this.report('bad-address', this.spanOf(token), `${token.image} is no address: ${wrong} is above 255`);
    }
    return token;
  }

  private hostOf(token: IToken, form: 'ipv4' | 'ipv6'): Host {
    return { kind: 'Host', text: token.image, form, quoted: false, span: this.spanOf(token) };
  }

  private quotedHost(token: IToken): Host {
    const text = String(token.payload);
    return { kind: 'Host', text, form: formOfHost(text), quoted: true, span: this.spanOf(token) };
  }
}

function formOfHost(text: string): Host['form'] {
  if (/^\d+(?:\.\d+){3}$/.test(text)) return 'ipv4';
  return text.includes(':') ? 'ipv6' : 'name';
}

function networkOf(text: string, span: IpNetwork['span']): IpNetwork {
  const [address = '', mask] = text.split('/');
  if (mask === undefined) return { kind: 'IpNetwork', address, span };
  return { kind: 'IpNetwork', address, mask: /^\d+$/.test(mask) ? Number(mask) : mask, span };
}
