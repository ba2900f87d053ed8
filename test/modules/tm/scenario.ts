/** The form of `measured.json`: scripts, what the peers do, and what was seen. */

/** What was seen after one thing was done: lines of xlog, and the messages that each peer got. */
export interface Step {
  /** See `play.ts`. */
  readonly do: string;
  /** Header lines of the message that is sent. */
  readonly headers?: readonly string[];
  readonly uri?: string;
  readonly body?: string;
  readonly log?: readonly string[];
  readonly a?: readonly string[];
  readonly b?: readonly string[];
  readonly c?: readonly string[];
  readonly d?: readonly string[];
}

export const peerNames = ['a', 'b', 'c', 'd'] as const;
export type PeerName = (typeof peerNames)[number];

export interface Row {
  readonly rule: string;
  /** The script of its requests; without `all`, ACK and CANCEL go to t_relay() before it. */
  readonly script: string;
  readonly all?: boolean;
  /** Other routes. ROW stands for the name of the row. */
  readonly routes?: readonly string[];
  /** Messages are told whole. */
  readonly whole?: boolean;
  readonly steps: readonly Step[];
  /** By how much statistics of tm have grown. */
  readonly statistics?: Readonly<Record<string, number>>;
}

export interface Group {
  readonly name: string;
  /** modparam and global lines. */
  readonly config: readonly string[];
  readonly rows: readonly Row[];
}

export interface Measured {
  readonly about: string;
  readonly version: string;
  readonly modules: readonly string[];
  readonly groups: readonly Group[];
}

/** Addresses in scripts: `{b}` is that of the peer b. */
export type Places = Readonly<Record<string, string>>;

export const fill = (text: string, places: Places) =>
  text.replace(/\{([a-d]|dead)\}/g, (all, name) => places[name] ?? all);

/** What the names ROW and the beginnings of lines of xlog are in a config. */
export const rowName = (index: number) => `r${index}`;

function ownScript(text: string, row: string, places: Places): string {
  return fill(text, places).replace(/\bROW/g, row).replaceAll('xlog("', `xlog("[${row}] `);
}

/** The routes of a group: the header X-Row says which row a request belongs to. */
export function routesOf({ rows }: Group, places: Places): string {
  const own = rows.flatMap((row, index) => {
    const name = rowName(index);
    const before = row.all ? '' : 'if (is_method("ACK|CANCEL")) { t_relay(); exit; } ';
    return [`route[ROW] { ${before}${row.script} }`, ...(row.routes ?? [])].map((text) =>
      ownScript(text, name, places),
    );
  });
  return [
    'route {',
    'if ($hdr(X-Row) == "ping") { sl_send_reply(200, "pong"); exit; }',
    ...rows.map((_row, index) => `if ($hdr(X-Row) == "${rowName(index)}") route(${rowName(index)});`),
    '}',
    ...own,
    '',
  ].join('\n');
}
