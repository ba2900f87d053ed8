/**
 * The tree of an opensips.cfg. Every node has its span; a part that could not be read becomes a `Broken…`
 * node, never `undefined`. The tree says what was written; what the words mean is the business of the checks.
 * Layout and comments are not in it. Rule names in the comments are those of OpenSIPS's cfg.y.
 */

/** Offsets into the flattened text (one character a byte), end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Spanned {
  readonly span: Span;
}

/** A whole file, includes flattened. cfg.y: cfg. */
export interface Config extends Spanned {
  readonly kind: 'Config';
  readonly items: readonly Item[];
}

/** cfg.y: statement. */
export type Item =
  | GlobalParameter
  | LoadModule
  | ModParam
  | SocketDefinition
  | AliasDefinition
  | Blacklist
  | AutoScalingProfile
  | MemoryGroup
  | RouteBlock
  | BrokenItem;

/** A word as it is written, with its place. */
export interface Name extends Spanned {
  readonly kind: 'Name';
  readonly text: string;
  /** Written between quotes (route names, hosts). */
  readonly quoted: boolean;
}

/** `name = value`, judged later by the catalogue; `mpath` is one as well. cfg.y: assign_stm. */
export interface GlobalParameter extends Spanned {
  readonly kind: 'GlobalParameter';
  readonly name: Name;
  readonly value: GlobalValue;
  /** `mpath = "a":"b"`, from 4.0 on: what follows the first string. */
  readonly furtherValues?: readonly StringLiteral[];
  /** `udp_workers = 4 use_auto_scaling_profile NAME`. */
  readonly profile?: Name;
}

export type GlobalValue = NumberLiteral | StringLiteral | Host | BrokenExpression;

/** cfg.y: module_stm, LOADMODULE. */
export interface LoadModule extends Spanned {
  readonly kind: 'LoadModule';
  readonly path: StringLiteral;
}

/** `modparam("pattern", "name", value)`. The first argument is an anchored, case-insensitive regex. */
export interface ModParam extends Spanned {
  readonly kind: 'ModParam';
  readonly module: StringLiteral;
  readonly name: StringLiteral;
  readonly value: StringLiteral | NumberLiteral;
}

/** A host: name, IPv4, IPv6 (brackets taken off), interface name or `*`. cfg.y: listen_id. */
export interface Host extends Spanned {
  readonly kind: 'Host';
  readonly text: string;
  readonly form: 'name' | 'ipv4' | 'ipv6' | 'any';
  readonly quoted: boolean;
}

/** Ports of a socket; `from === to` for a single one. cfg.y: portrange. */
export interface PortRange extends Spanned {
  readonly kind: 'PortRange';
  readonly from: number;
  readonly to: number;
}

/** `listen=` / `socket=`. cfg.y: socket_def. */
export interface SocketDefinition extends Spanned {
  readonly kind: 'SocketDefinition';
  readonly keyword: Name;
  /** As written; protocols are compared in lower case. */
  readonly protocol: Name;
  readonly host: Host;
  /** Empty: the protocol's default port. */
  readonly ports: readonly PortRange[];
  readonly options: readonly SocketOption[];
  /** `bond:name{"udp:…", "…"}`, from 4.0 on; the name stands as the host. */
  readonly members?: readonly StringLiteral[];
}

/** cfg.y: socket_def_param. */
export type SocketOption =
  | ({ readonly kind: 'Advertised'; readonly host: Host; readonly ports: readonly PortRange[] } & Spanned)
  | ({
      readonly kind: 'NumberOption';
      readonly keyword: 'use_children' | 'use_workers' | 'tos';
      readonly value: NumberLiteral;
    } & Spanned)
  | ({
      readonly kind: 'NameOption';
      readonly keyword: 'tag' | 'use_auto_scaling_profile';
      readonly value: Name;
    } & Spanned)
  | ({
      readonly kind: 'FlagOption';
      readonly keyword:
        | 'anycast'
        | 'frag'
        | 'reuse_port'
        | 'accept_subdomain'
        | 'allow_proxy_protocol'
        | 'send_proxy_protocol'
        | 'proxy_protocol';
    } & Spanned);

/** `alias = …`, one or more. cfg.y: id_lst. */
export interface AliasDefinition extends Spanned {
  readonly kind: 'AliasDefinition';
  readonly aliases: readonly Alias[];
}

export interface Alias extends Spanned {
  readonly kind: 'Alias';
  /** Absent where only a host stands. */
  readonly protocol?: Name;
  readonly host: Host;
  readonly port?: NumberLiteral | Name;
  readonly acceptSubdomain: boolean;
}

/** `dst_blacklist = name[/flags]:{…}`. cfg.y: blst_def. */
export interface Blacklist extends Spanned {
  readonly kind: 'Blacklist';
  readonly name: Name;
  readonly flags: readonly Name[];
  readonly rules: readonly BlacklistRule[];
}

export interface BlacklistRule extends Spanned {
  readonly kind: 'BlacklistRule';
  readonly negated: boolean;
  readonly protocol?: Name;
  readonly network: IpNetwork;
  readonly port?: NumberLiteral | Name;
  readonly pattern?: StringLiteral;
}

/** cfg.y: auto_scale_profile_def. */
export interface AutoScalingProfile extends Spanned {
  readonly kind: 'AutoScalingProfile';
  readonly name: Name;
  readonly up: {
    readonly to: number;
    readonly load: number;
    readonly cycles: number;
    readonly within?: number;
  };
  readonly down?: { readonly to: number; readonly load: number; readonly cycles: number };
}

/** `mem-group = "name": "module" "module"`. */
export interface MemoryGroup extends Spanned {
  readonly kind: 'MemoryGroup';
  readonly name: StringLiteral;
  readonly modules: readonly StringLiteral[];
}

/** The keywords of routes; the letters are OpenSIPS's own for its export tables. */
export type RouteKeyword =
  | 'route'
  | 'failure_route'
  | 'onreply_route'
  | 'branch_route'
  | 'error_route'
  | 'local_route'
  | 'startup_route'
  | 'timer_route'
  | 'event_route';

export interface RouteBlock extends Spanned {
  readonly kind: 'RouteBlock';
  readonly keyword: RouteKeyword;
  readonly keywordSpan: Span;
  /** Absent: the main route of its kind. `route[0]` is written with the name "0". */
  readonly name?: Name;
  /** timer_route: seconds. */
  readonly interval?: NumberLiteral;
  /** event_route up to 2.4. */
  readonly mode?: 'sync' | 'async';
  readonly body: Block;
}

/** Something at top level that could not be read; its diagnostic is in the parse result. */
export interface BrokenItem extends Spanned {
  readonly kind: 'BrokenItem';
}

/** `{ … }`, or the one statement after `if (…)` without braces. */
export interface Block extends Spanned {
  readonly kind: 'Block';
  readonly braced: boolean;
  readonly statements: readonly Statement[];
}

/** cfg.y: action. */
export type Statement =
  | Call
  | RouteCall
  | Async
  | Launch
  | Assert
  | Jump
  | Assignment
  | If
  | While
  | ForEach
  | Switch
  | EmptyStatement
  | BrokenStatement;

/** A function of the core or of a module. cfg.y: cmd. */
export interface Call extends Spanned {
  readonly kind: 'Call';
  readonly name: Name;
  /** `EmptyArgument` where nothing stands between two commas. */
  readonly arguments: readonly Argument[];
  /** Some 2.x functions stand without parentheses. */
  readonly parentheses: boolean;
}

export type Argument =
  | StringLiteral
  | NumberLiteral
  | NullLiteral
  | Variable
  | Word
  | Host
  | IpNetwork
  | SocketName
  | EmptyArgument
  | BrokenExpression;

export interface EmptyArgument extends Spanned {
  readonly kind: 'EmptyArgument';
}

/** `udp:1.2.3.4:5060` as an argument (2.x force_send_socket). cfg.y: phostport. */
export interface SocketName extends Spanned {
  readonly kind: 'SocketName';
  readonly protocol: Name;
  readonly host: Host;
  readonly port?: NumberLiteral;
}

/** `route(name, args)`. */
export interface RouteCall extends Spanned {
  readonly kind: 'RouteCall';
  readonly name: Name | Variable;
  readonly arguments: readonly Argument[];
}

/** `async(f(…), resume_route[, timeout])`. */
export interface Async extends Spanned {
  readonly kind: 'Async';
  readonly call: Call;
  readonly resume: Name;
  /** Seconds. */
  readonly timeout?: NumberLiteral;
}

/** `launch(f(…)[, report_route[, "parameter"]])`. */
export interface Launch extends Spanned {
  readonly kind: 'Launch';
  readonly call: Call;
  readonly report?: Name;
  readonly parameter?: StringLiteral;
}

/** `assert(expression[, "text"])`. */
export interface Assert extends Spanned {
  readonly kind: 'Assert';
  readonly test: Expression;
  readonly text?: StringLiteral;
}

/** What leaves: `return(1)`, `exit`, `drop`, `break`. The first value of a return is its code. */
export interface Jump extends Spanned {
  readonly kind: 'Jump';
  readonly keyword: 'return' | 'exit' | 'drop' | 'break';
  readonly parentheses: boolean;
  readonly values: readonly Argument[];
}

export type AssignmentOperator = '=' | ':=' | '+=' | '-=' | '/=' | '*=' | '%=' | '&=' | '|=' | '^=';

/** cfg.y: assign_cmd. Stands as a statement, and inside a condition. */
export interface Assignment extends Spanned {
  readonly kind: 'Assignment';
  readonly target: Variable;
  readonly operator: AssignmentOperator;
  readonly value: Expression;
}

export interface If extends Spanned {
  readonly kind: 'If';
  readonly test: Expression;
  readonly then: Block;
  readonly else?: Block;
}

export interface While extends Spanned {
  readonly kind: 'While';
  readonly test: Expression;
  readonly body: Block;
}

/** `for ($x in $(y[*])) …`. */
export interface ForEach extends Spanned {
  readonly kind: 'ForEach';
  readonly item: Variable;
  readonly list: Variable;
  readonly body: Block;
}

export interface Switch extends Spanned {
  readonly kind: 'Switch';
  readonly subject: Variable;
  /** In the order written; a stacked `case 1: case 2:` gives a case with no statements. */
  readonly cases: readonly SwitchCase[];
}

export interface SwitchCase extends Spanned {
  readonly kind: 'SwitchCase';
  /** Absent: `default`. */
  readonly label?: NumberLiteral | StringLiteral;
  readonly statements: readonly Statement[];
}

/** A lone `;`. */
export interface EmptyStatement extends Spanned {
  readonly kind: 'EmptyStatement';
}

export interface BrokenStatement extends Spanned {
  readonly kind: 'BrokenStatement';
}

/** cfg.y: exp and assignexp, which share most of their forms. */
export type Expression =
  | NumberLiteral
  | StringLiteral
  | NullLiteral
  | Word
  | Host
  | IpNetwork
  | Variable
  | Operand
  | Comparison
  | Logical
  | Not
  | Arithmetic
  | BitNot
  | Evaluation
  | Group
  | StatementExpression
  | BrokenExpression;

export interface NumberLiteral extends Spanned {
  readonly kind: 'Number';
  readonly value: number;
  /** Written with a sign; `value` has it. */
  readonly sign?: '+' | '-';
  /** Written in octal (`0666`) or hexadecimal digits. */
  readonly base?: 8 | 16;
  /** A boolean word (`yes`, `off`, …) as written; the grammar takes it as 1 or 0. */
  readonly word?: string;
}

export interface StringLiteral extends Spanned {
  readonly kind: 'String';
  /** Escapes resolved; one character a byte. */
  readonly value: string;
  /** Adjacent strings (`"a" "b"`) make one value; the parts as they stood, where there was more than one. */
  readonly parts?: readonly string[];
}

export interface NullLiteral extends Spanned {
  readonly kind: 'Null';
}

/** A bare word as a value: `INVITE` in `method==INVITE`, a flag's name, up to 3.0. */
export interface Word extends Spanned {
  readonly kind: 'Word';
  readonly text: string;
}

/** An address, with its mask where one stands (a prefix length or an address). cfg.y: ipnet. */
export interface IpNetwork extends Spanned {
  readonly kind: 'IpNetwork';
  readonly address: string;
  readonly mask?: number | string;
}

/** An operand of 2.x conditions: `method`, `uri`, `src_ip`, `myself`, `msg:len`, … */
export interface Operand extends Spanned {
  readonly kind: 'Operand';
  readonly name: string;
}

export type ComparisonOperator = '==' | '!=' | '>' | '<' | '>=' | '<=' | '=~' | '!~';

export interface Comparison extends Spanned {
  readonly kind: 'Comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Logical extends Spanned {
  readonly kind: 'Logical';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}

export interface Not extends Spanned {
  readonly kind: 'Not';
  readonly operand: Expression;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>';

export interface Arithmetic extends Spanned {
  readonly kind: 'Arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface BitNot extends Spanned {
  readonly kind: 'BitNot';
  readonly operand: Expression;
}

/** `[ $var(a) + 1 ]` in a condition: the arithmetic value as a truth value. */
export interface Evaluation extends Spanned {
  readonly kind: 'Evaluation';
  readonly value: Expression;
}

/** `( … )`. */
export interface Group extends Spanned {
  readonly kind: 'Group';
  readonly value: Expression;
}

/** A function, an assignment, an `if` or a block inside a condition. cfg.y: exp_stm. */
export interface StatementExpression extends Spanned {
  readonly kind: 'StatementExpression';
  readonly statement: Statement | Block;
}

export interface BrokenExpression extends Spanned {
  readonly kind: 'BrokenExpression';
}

/** `$name`, `$(name(inner)[index]{class.operation,argument})`. */
export interface Variable extends Spanned {
  readonly kind: 'Variable';
  /** Without `$`, inner name, index: `avp`, `ru`, `hdr`, `T_reply_code`; a few contain dots (`ct.fields`). */
  readonly name: string;
  readonly nameSpan: Span;
  /** `<request>` / `<reply>` in front of the name. */
  readonly context?: string;
  /** What stands in the round brackets, as text with variables; absent where there are none. */
  readonly inner?: FormattedText;
  readonly index?: VariableIndex;
  readonly transformations: readonly Transformation[];
  /** Written as `$(…)`. */
  readonly delimited: boolean;
}

/** `NameIndex`: a few variables are indexed by words (`$(sdp.line[insert])`, from 3.6 on). */
export type VariableIndex =
  | ({ readonly kind: 'NumberIndex'; readonly value: number } & Spanned)
  | ({ readonly kind: 'AllIndex' } & Spanned)
  | ({ readonly kind: 'NameIndex'; readonly text: string } & Spanned)
  | ({ readonly kind: 'VariableIndex'; readonly variable: Variable } & Spanned);

/** `{uri.user}`, `{s.substr,0,3}`. */
export interface Transformation extends Spanned {
  readonly kind: 'Transformation';
  /** `uri`. */
  readonly group: string;
  /** `user`; empty where a class has no operations. */
  readonly operation: string;
  readonly arguments: readonly FormattedText[];
}

/** Text in which variables may stand: function arguments, log lines, inner names. */
export interface FormattedText extends Spanned {
  readonly kind: 'FormattedText';
  readonly parts: readonly (TextPart | Variable)[];
}

export interface TextPart extends Spanned {
  readonly kind: 'TextPart';
  readonly text: string;
}

export type Node =
  | Config
  | Item
  | Name
  | PortRange
  | SocketOption
  | Alias
  | BlacklistRule
  | Block
  | Statement
  | SwitchCase
  | Expression
  | Argument
  | VariableIndex
  | Transformation
  | FormattedText
  | TextPart;
