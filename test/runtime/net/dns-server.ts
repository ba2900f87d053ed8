import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** RFC 1035 §3.2.2, RFC 2782, RFC 3403, RFC 3596. */
const types = { A: 1, CNAME: 5, AAAA: 28, SRV: 33, NAPTR: 35 } as const;
type RecordType = keyof typeof types;
const typeNames: readonly RecordType[] = ['A', 'CNAME', 'AAAA', 'SRV', 'NAPTR'];

const typeNamed = (number: number) => typeNames.find((name) => types[name] === number);

/** The records of a name, as a zone file writes their data: `10 5 5060 a.example`, `10 20 "s" "SIP+D2U" "" _sip._udp.b`. */
export type Zone = Readonly<Record<string, Partial<Readonly<Record<RecordType, readonly string[]>>>>>;

/** What the server does with a name in place of answering from its zone. */
export type Habit = 'silent' | 'server failure' | 'refused' | 'truncated' | 'garbage';

export interface DnsServer {
  /** For the setServers of a resolver. */
  readonly address: string;
  /** The questions in their order: `A a.example`; `tcp A a.example` over a stream. */
  readonly questions: string[];
  close(): Promise<void>;
}

/** A DNS server of a test on a loopback port, over datagrams and streams; a name that it does not have does not exist. */
export async function openDnsServer(
  zone: Zone,
  habits: Readonly<Record<string, Habit>> = {},
): Promise<DnsServer> {
  const questions: string[] = [];
  const streams = createServer((stream) => {
    stream.on('error', () => stream.destroy());
    stream.on('data', (data) => {
      const reply = answer(data.subarray(2), zone);
      questions.push(`tcp ${shown(readQuestion(data.subarray(2)))}`);
      stream.write(Buffer.concat([twoBytes(reply.length), reply]));
    });
  });
  streams.listen(0, '127.0.0.1');
  await once(streams, 'listening');
  const place = streams.address();
  if (place === null || typeof place === 'string') throw new Error('no port');
  const datagrams = createSocket('udp4');
  datagrams.on('message', (data, { port, address }) => {
    const question = readQuestion(data);
    questions.push(shown(question));
    const reply = habitual(data, habits[question.name]) ?? answer(data, zone);
    if (reply.length > 0) datagrams.send(reply, port, address);
  });
  datagrams.bind(place.port, '127.0.0.1');
  await once(datagrams, 'listening');
  return {
    address: `127.0.0.1:${place.port}`,
    questions,
    async close() {
      datagrams.close();
      streams.close();
      await Promise.all([once(datagrams, 'close'), once(streams, 'close')]);
    },
  };
}

interface Question {
  readonly name: string;
  readonly type: number;
  /** Where the answers begin. */
  readonly end: number;
}

function readQuestion(data: Buffer): Question {
  const labels: string[] = [];
  let at = 12;
  for (let length = data[at] ?? 0; length > 0; length = data[at] ?? 0) {
    labels.push(data.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: data.readUInt16BE(at + 1), end: at + 5 };
}

function shown({ name, type }: Question): string {
  return `${typeNamed(type) ?? type} ${name}`;
}

/** The reply of a habit; empty for none at all. */
function habitual(data: Buffer, habit: Habit | undefined): Buffer | undefined {
  const { end } = readQuestion(data);
  const empty = (flags: number) => withHeader(data, flags, 0, data.subarray(12, end));
  if (habit === 'silent') return Buffer.alloc(0);
  if (habit === 'server failure') return empty(0x8182);
  if (habit === 'refused') return empty(0x8185);
  if (habit === 'truncated') return empty(0x8380);
  if (habit === 'garbage') return withHeader(data, 0x8180, 3, data.subarray(12, end));
  return undefined;
}

function answer(data: Buffer, zone: Zone): Buffer {
  const { name, type, end } = readQuestion(data);
  const question = data.subarray(12, end);
  const records = answersFor(name, type, zone);
  const isKnown = zone[name] !== undefined;
  return withHeader(data, isKnown ? 0x8180 : 0x8183, records.length, Buffer.concat([question, ...records]));
}

/** A CNAME goes in front of the records of the name that it leads to, as recursive servers answer. */
function answersFor(name: string, type: number, zone: Zone): readonly Buffer[] {
  const records = zone[name] ?? {};
  const [alias] = records.CNAME ?? [];
  if (alias !== undefined) return [record(name, 'CNAME', alias), ...answersFor(alias, type, zone)];
  const word = typeNamed(type);
  return word === undefined ? [] : (records[word] ?? []).map((text) => record(name, word, text));
}

function withHeader(query: Buffer, flags: number, answers: number, rest: Buffer): Buffer {
  const counts = [1, answers, 0, 0].map(twoBytes);
  return Buffer.concat([query.subarray(0, 2), twoBytes(flags), ...counts, rest]);
}

function record(name: string, type: RecordType, text: string): Buffer {
  const data = dataOf(type, text);
  const ttl = Buffer.from([0, 0, 0, 60]);
  return Buffer.concat([
    nameBytes(name),
    twoBytes(types[type]),
    twoBytes(1),
    ttl,
    twoBytes(data.length),
    data,
  ]);
}

function dataOf(type: RecordType, text: string): Buffer {
  if (type === 'A') return Buffer.from(text.split('.').map(Number));
  if (type === 'AAAA') return ipv6Bytes(text);
  if (type === 'CNAME') return nameBytes(text);
  const words = text.match(/"[^"]*"|\S+/g) ?? [];
  const numbers = words.slice(0, type === 'SRV' ? 3 : 2).map((word) => twoBytes(Number(word)));
  const texts = words.filter((word) => word.startsWith('"')).map((word) => textBytes(word.slice(1, -1)));
  return Buffer.concat([...numbers, ...texts, nameBytes(words.at(-1) ?? '.')]);
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  return Buffer.concat([...labels.map(textBytes), Buffer.from([0])]);
}

function textBytes(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}

/** One `::` stands for the groups that are left out. */
function ipv6Bytes(text: string): Buffer {
  const [front = '', back = ''] = text.split('::').map((half) => half.split(':').filter(Boolean).join(' '));
  const groups = (half: string) => half.split(' ').filter(Boolean);
  const missing = 8 - groups(front).length - groups(back).length;
  const all = [...groups(front), ...new Array<string>(missing).fill('0'), ...groups(back)];
  return Buffer.concat(all.map((group) => twoBytes(Number.parseInt(group, 16))));
}

function twoBytes(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
