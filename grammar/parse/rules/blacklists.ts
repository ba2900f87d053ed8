import type { IToken, ParserMethod } from 'chevrotain';
import type { AutoScalingProfile, Blacklist, BlacklistRule, Name } from '../../ast.ts';
import * as t from '../tokens.ts';
import { SocketRules } from './sockets.ts';

/** Whom to avoid, and how many workers to keep (cfg.y: blst_def, auto_scale_profile_def). */
export abstract class BlacklistRules extends SocketRules {
  // ---- dst_blacklist.

  /** cfg.y: DST_BLACKLIST. */
  protected readonly blacklist: ParserMethod<[], Blacklist> = this.rule('blacklist', () => {
    const flags: Name[] = [];
    const start = this.CONSUME(t.BlacklistWord).startOffset;
    this.CONSUME(t.Equal);
    const name = this.nameOf(this.CONSUME(t.Name));
    this.OPTION(() => {
      const slash = this.CONSUME(t.Slash);
      this.AT_LEAST_ONE_SEP({
        SEP: t.Comma,
        DEF: () => {
          flags.push(this.SUBRULE(this.blacklistFlag));
        },
      });
      this.remark('blacklist flags', this.from(slash.startOffset));
    });
    const rules = this.OPTION2(() => this.SUBRULE(this.blacklistRules));
    const span = this.from(start);
    if (rules === undefined) this.remark('blacklist without rules', span);
    return { kind: 'Blacklist', name, flags, rules: rules ?? [], span };
  });

  /** cfg.y: blst_flag. */
  private readonly blacklistFlag: ParserMethod<[], Name> = this.rule('blacklistFlag', () => {
    const name = this.nameOf(this.CONSUME(t.Word));
    if (this.RECORDING_PHASE || blacklistFlags.has(name.text)) return name;
    throw this.fail('syntax-error', name.span, `${name.text} is no flag of a blacklist`, {
      help: 'the flags are readonly (or read-only), expire and default',
    });
  });

  private readonly blacklistRules: ParserMethod<[], BlacklistRule[]> = this.rule('blacklistRules', () => {
    const rules: BlacklistRule[] = [];
    this.CONSUME(t.Colon);
    this.CONSUME(t.LeftBrace);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        rules.push(this.SUBRULE(this.blacklistRule));
      },
    });
    this.CONSUME(t.RightBrace);
    return rules;
  });

  /** cfg.y: blst_elem. */
  private readonly blacklistRule: ParserMethod<[], BlacklistRule> = this.rule('blacklistRule', () => {
    const start = this.here;
    const negated = this.OPTION(() => this.CONSUME(t.NotToken)) !== undefined;
    const rest = this.OR<Pick<BlacklistRule, 'protocol' | 'network' | 'port' | 'pattern'>>([
      { ALT: () => ({ network: this.SUBRULE(this.network) }) },
      { ALT: () => this.SUBRULE(this.blacklistTuple) },
    ]);
    const span = this.from(start);
    if (!this.RECORDING_PHASE && rest.pattern === undefined)
      this.remark('blacklist rule in short form', span);
    return { kind: 'BlacklistRule', negated, ...rest, span };
  });

  private readonly blacklistTuple: ParserMethod<
    [],
    Pick<BlacklistRule, 'protocol' | 'network' | 'port' | 'pattern'>
  > = this.rule('blacklistTuple', () => {
    this.CONSUME(t.LeftParenthesis);
    const protocol = this.OPTION(() => {
      const word = this.nameOf(this.CONSUME(t.Word));
      this.CONSUME(t.Comma);
      return word;
    });
    const network = this.SUBRULE(this.network);
    const port = this.OPTION2(() => {
      this.CONSUME2(t.Comma);
      return this.SUBRULE(this.port);
    });
    const pattern = this.OPTION3({
      GATE: () => protocol !== undefined && port !== undefined,
      DEF: () => {
        this.CONSUME3(t.Comma);
        return this.stringOf(this.CONSUME(t.StringToken));
      },
    });
    this.CONSUME(t.RightParenthesis);
    return { ...(protocol && { protocol }), network, ...(port && { port }), ...(pattern && { pattern }) };
  });

  // ---- auto_scaling_profile.

  /** cfg.y: auto_scale_profile_def; its words are keywords nowhere else. */
  protected readonly scalingProfile: ParserMethod<[], AutoScalingProfile> = this.rule(
    'scalingProfile',
    () => {
      const start = this.CONSUME(t.ScalingProfileWord).startOffset;
      this.CONSUME(t.Equal);
      const name = this.nameOf(this.CONSUME(t.Name));
      const braced = this.skipsBrace();
      const up = this.SUBRULE(this.scalingStep, { ARGS: ['up'] });
      const within = this.OPTION({
        GATE: () => this.LA(1).image.toLowerCase() === 'within',
        DEF: () => {
          this.CONSUME(t.Word);
          return this.numberOf(this.CONSUME(t.NumberToken)).value;
        },
      });
      const down = this.OPTION2({
        GATE: () => this.LA(1).image.toLowerCase() === 'scale',
        DEF: () => this.SUBRULE2(this.scalingStep, { ARGS: ['down'] }),
      });
      if (braced && this.next(t.RightBrace)) this.SKIP_TOKEN();
      const span = this.from(start);
      this.remark('auto scaling profile', span);
      const steps = { up: { ...up, ...(within !== undefined && { within }) }, ...(down && { down }) };
      return { kind: 'AutoScalingProfile', name, ...steps, span };
    },
  );

  /** Blacklists have braces, so people write them here as well. */
  private skipsBrace(): boolean {
    if (this.RECORDING_PHASE || !this.next(t.LeftBrace)) return false;
    this.report('syntax-error', this.spanOf(this.LA(1)), '`{` stands where `scale` should', {
      help: 'take the braces out: the steps of a profile stand without them',
    });
    this.SKIP_TOKEN();
    return true;
  }

  private readonly scalingStep: ParserMethod<
    [string],
    { readonly to: number; readonly load: number; readonly cycles: number }
  > = this.rule('scalingStep', (direction) => {
    this.expectWord('scale', () => this.CONSUME(t.Word));
    this.expectWord(direction, () => this.CONSUME2(t.Word));
    this.expectWord('to', () => this.CONSUME3(t.Word));
    const to = this.numberOf(this.CONSUME(t.NumberToken)).value;
    this.expectWord('on', () => this.CONSUME4(t.Word));
    const load = this.numberOf(this.CONSUME2(t.NumberToken)).value;
    this.CONSUME(t.Percent);
    this.CONSUME(t.For);
    const cycles = this.numberOf(this.CONSUME3(t.NumberToken)).value;
    this.expectWord('cycles', () => this.CONSUME5(t.Word));
    return { to, load, cycles };
  });

  private expectWord(word: string, consume: () => IToken): void {
    if (!this.RECORDING_PHASE && this.LA(1).image.toLowerCase() !== word) {
      throw this.unexpected(
        `\`${word}\``,
        'scale up to N on P% for N cycles [within N] [scale down to N on P% for N cycles]',
      );
    }
    consume();
  }
}

const blacklistFlags: ReadonlySet<string> = new Set(['readonly', 'read-only', 'expire', 'default']);
