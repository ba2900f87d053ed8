import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';

/**
 * The token types. The lexer is our own (see lexer.ts), so none has a pattern. Categories say where a token may
 * stand: every keyword is a `Word` too, and a `Name` is a word that at least one version of OpenSIPS leaves free for
 * routes, functions, tags and the parts of host names.
 */
function token(name: string, label: string, categories: TokenType[] = []): TokenType {
  return createToken({ name, label, pattern: Lexer.NA, categories });
}

export const Word = token('Word', 'a word');
export const Name = token('Name', 'a name', [Word]);
export const Identifier = token('Identifier', 'a name', [Name]);
/** A setting's name in every version: no name for anything else. */
export const ReservedWord = token('ReservedWord', 'a reserved word', [Word]);

// Top level.
export const LoadModuleWord = token('LoadModule', '`loadmodule`', [Word]);
export const ModParamWord = token('ModParam', '`modparam`', [Word]);
export const RouteWord = token('Route', '`route`', [Word]);
export const NamedRouteWord = token('NamedRoute', 'a route', [Word]);
export const PlainRouteWord = token('PlainRoute', 'a route', [Word]);
export const OnReplyRouteWord = token('OnReplyRoute', '`onreply_route`', [Word]);
export const TimerRouteWord = token('TimerRoute', '`timer_route`', [Word]);
export const EventRouteWord = token('EventRoute', '`event_route`', [Word]);
export const SocketWord = token('SocketKeyword', '`socket`', [Name]);
export const AliasWord = token('AliasKeyword', '`alias`', [Word]);
export const BlacklistWord = token('BlacklistKeyword', '`dst_blacklist`', [Word]);
export const ScalingProfileWord = token('ScalingProfileKeyword', '`auto_scaling_profile`', [Name]);
export const MemoryGroupWord = token('MemoryGroupKeyword', '`mem-group`', [Word]);

// Statements.
export const If = token('If', '`if`', [Word]);
export const Else = token('Else', '`else`', [Word]);
export const While = token('While', '`while`', [Word]);
export const For = token('For', '`for`', [Word]);
export const In = token('In', '`in`', [Word]);
export const Switch = token('Switch', '`switch`', [Word]);
export const Case = token('Case', '`case`', [Word]);
export const Default = token('Default', '`default`', [Word]);
export const Break = token('Break', '`break`', [Word]);
export const Return = token('Return', '`return`', [Word]);
export const Exit = token('Exit', '`exit`', [Word]);
export const Drop = token('Drop', '`drop`', [Word]);
export const AssertWord = token('Assert', '`assert`', [Word]);
export const AsyncWord = token('Async', '`async`', [Word]);
export const LaunchWord = token('Launch', '`launch`', [Name]);
export const LogWord = token('Log', '`log`', [Word]);
export const ErrorWord = token('Error', '`error`', [Word]);
/** `xlog` and `xdbg`. */
export const XlogWord = token('Xlog', '`xlog`', [Word]);

// Operands of conditions up to 2.3.
export const OperandWord = token('Operand', 'an operand', [Name]);
export const Myself = token('Myself', '`myself`', [Name]);
export const MaxLength = token('MaxLength', '`max_len`', [Name]);

// Values.
export const BooleanWord = token('BooleanWord', 'yes or no', [Word]);
export const Null = token('Null', '`NULL`', [Word]);
export const NumberToken = token('Number', 'a number');
export const StringToken = token('String', 'a string in quotes');
export const Ipv4 = token('Ipv4', 'an IPv4 address');
export const Ipv6 = token('Ipv6', 'an IPv6 address');
export const IpNet = token('IpNet', 'a network');
export const VariableToken = token('Variable', 'a variable');

// Logic.
export const AndOr = token('AndOr', '`&&` or `||`');
export const AndSymbol = token('AndSymbol', '`&&`', [AndOr]);
export const AndWord = token('AndWord', '`and`', [AndOr, Word]);
const OrSymbol = token('OrSymbol', '`||`', [AndOr]);
const OrWord = token('OrWord', '`or`', [AndOr, Word]);
export const NotToken = token('NotToken', '`!`');
const NotSymbol = token('NotSymbol', '`!`', [NotToken]);
const NotWord = token('NotWord', '`not`', [NotToken, Word]);

// Comparison.
export const Comparison = token('Comparison', 'a comparison');
export const Equality = token('Equality', '`==` or `!=`', [Comparison]);
export const Ordering = token('Ordering', 'a comparison', [Comparison]);
export const Matching = token('Matching', '`=~` or `!~`', [Comparison]);

// Assignment.
export const Assign = token('Assign', 'an assignment');
export const Equal = token('Equal', '`=`', [Assign]);
const ColonEqual = token('ColonEqual', '`:=`', [Assign]);
export const OperatorEqual = token('OperatorEqual', 'an assignment', [Assign]);

// Arithmetic.
export const BitOperator = token('BitOperator', 'an operator');
export const ArithmeticOperator = token('ArithmeticOperator', 'an operator');
export const Sign = token('Sign', '`+` or `-`');
export const Plus = token('Plus', '`+`', [ArithmeticOperator, Sign]);
export const Minus = token('Minus', '`-`', [ArithmeticOperator, Sign]);
export const Star = token('Star', '`*`', [ArithmeticOperator]);
export const Slash = token('Slash', '`/`', [ArithmeticOperator]);
export const Percent = token('Percent', '`%`', [ArithmeticOperator]);
export const Tilde = token('Tilde', '`~`');

// Punctuation.
export const Semicolon = token('Semicolon', '`;`');
export const Comma = token('Comma', '`,`');
export const Colon = token('Colon', '`:`');
export const Dot = token('Dot', '`.`');
export const LeftParenthesis = token('LeftParenthesis', '`(`');
export const RightParenthesis = token('RightParenthesis', '`)`');
export const LeftBrace = token('LeftBrace', '`{`');
export const RightBrace = token('RightBrace', '`}`');
export const LeftBracket = token('LeftBracket', '`[`');
export const RightBracket = token('RightBracket', '`]`');

/** All of them, for the parser. */
export const allTokens: TokenType[] = [
  ...[Word, Name, Identifier, ReservedWord, LoadModuleWord, ModParamWord, RouteWord, NamedRouteWord],
  ...[PlainRouteWord, OnReplyRouteWord, TimerRouteWord, EventRouteWord, SocketWord, AliasWord, BlacklistWord],
  ...[
    ScalingProfileWord,
    MemoryGroupWord,
    If,
    Else,
    While,
    For,
    In,
    Switch,
    Case,
    Default,
    Break,
    Return,
    Exit,
  ],
  ...[Drop, AssertWord, AsyncWord, LaunchWord, LogWord, ErrorWord, XlogWord, OperandWord, Myself, MaxLength],
  ...[
    BooleanWord,
    Null,
    NumberToken,
    StringToken,
    Ipv4,
    Ipv6,
    IpNet,
    VariableToken,
    AndOr,
    AndSymbol,
    AndWord,
  ],
  ...[
    OrSymbol,
    OrWord,
    NotToken,
    NotSymbol,
    NotWord,
    Comparison,
    Equality,
    Ordering,
    Matching,
    Assign,
    Equal,
  ],
  ...[
    ColonEqual,
    OperatorEqual,
    BitOperator,
    ArithmeticOperator,
    Sign,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Tilde,
  ],
  ...[Semicolon, Comma, Colon, Dot, LeftParenthesis, RightParenthesis, LeftBrace, RightBrace, LeftBracket],
  RightBracket,
];

/** Words with a token of their own; cfg.lex takes them in this spelling only. */
export const keywords: ReadonlyMap<string, TokenType> = new Map<string, TokenType>([
  ['loadmodule', LoadModuleWord],
  ['modparam', ModParamWord],
  ['route', RouteWord],
  ['failure_route', NamedRouteWord],
  ['branch_route', NamedRouteWord],
  ['onreply_route', OnReplyRouteWord],
  ['error_route', PlainRouteWord],
  ['local_route', PlainRouteWord],
  ['startup_route', PlainRouteWord],
  ['timer_route', TimerRouteWord],
  ['event_route', EventRouteWord],
  ['listen', SocketWord],
  ['socket', SocketWord],
  ['alias', AliasWord],
  ['dst_blacklist', BlacklistWord],
  ['auto_scaling_profile', ScalingProfileWord],
  ['mem-group', MemoryGroupWord],
  ['if', If],
  ['else', Else],
  ['while', While],
  ['for', For],
  ['in', In],
  ['switch', Switch],
  ['case', Case],
  ['default', Default],
  ['break', Break],
  ['esac', Break],
  ['return', Return],
  ['exit', Exit],
  ['drop', Drop],
  ['assert', AssertWord],
  ['async', AsyncWord],
  ['launch', LaunchWord],
  ['log', LogWord],
  ['error', ErrorWord],
  ['xlog', XlogWord],
  ['xdbg', XlogWord],
  ['method', OperandWord],
  ['uri', OperandWord],
  ['status', OperandWord],
  ['from_uri', OperandWord],
  ['to_uri', OperandWord],
  ['src_ip', OperandWord],
  ['src_port', OperandWord],
  ['dst_ip', OperandWord],
  ['dst_port', OperandWord],
  ['proto', OperandWord],
  ['af', OperandWord],
  ['msg:len', OperandWord],
  ['myself', Myself],
  ['max_len', MaxLength],
  ['yes', BooleanWord],
  ['true', BooleanWord],
  ['on', BooleanWord],
  ['enable', BooleanWord],
  ['no', BooleanWord],
  ['false', BooleanWord],
  ['off', BooleanWord],
  ['disable', BooleanWord],
  ['null', Null],
  ['NULL', Null],
  ['and', AndWord],
  ['or', OrWord],
  ['not', NotWord],
]);

/** The boolean words that mean 1; the others mean 0. cfg.lex: YES. */
export const trueWords: ReadonlySet<string> = new Set(['yes', 'true', 'on', 'enable']);

/** Operators and punctuation by their text. */
export const symbols: ReadonlyMap<string, TokenType> = new Map<string, TokenType>([
  ['==', Equality],
  ['!=', Equality],
  ['>', Ordering],
  ['<', Ordering],
  ['>=', Ordering],
  ['<=', Ordering],
  ['=~', Matching],
  ['!~', Matching],
  ['=', Equal],
  [':=', ColonEqual],
  ['+=', OperatorEqual],
  ['-=', OperatorEqual],
  ['/=', OperatorEqual],
  ['*=', OperatorEqual],
  ['%=', OperatorEqual],
  ['&=', OperatorEqual],
  ['|=', OperatorEqual],
  ['^=', OperatorEqual],
  ['&&', AndSymbol],
  ['||', OrSymbol],
  ['!', NotSymbol],
  ['&', BitOperator],
  ['|', BitOperator],
  ['^', BitOperator],
  ['<<', BitOperator],
  ['>>', BitOperator],
  ['~', Tilde],
  ['+', Plus],
  ['-', Minus],
  ['*', Star],
  ['/', Slash],
  ['%', Percent],
  [';', Semicolon],
  [',', Comma],
  [':', Colon],
  ['.', Dot],
  ['(', LeftParenthesis],
  [')', RightParenthesis],
  ['{', LeftBrace],
  ['}', RightBrace],
  ['[', LeftBracket],
  [']', RightBracket],
]);

/** A token as the lexer makes it. `endOffset` is the last character's, as chevrotain has it. */
export class LexedToken implements IToken {
  readonly image: string;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly tokenType: TokenType;
  tokenTypeIdx: number;
  /** A string's value with its escapes resolved, a number's value; set for a variable that is not closed. */
  readonly payload: string | number | undefined;

  constructor(type: TokenType, image: string, start: number, end: number, payload?: string | number) {
    this.image = image;
    this.startOffset = start;
    this.endOffset = end - 1;
    this.tokenType = type;
    this.tokenTypeIdx = type.tokenTypeIdx ?? -1;
    this.payload = payload;
  }
}
