import type { Command, CommandSignature, PreparedArgument, ScriptRun } from '../../module-exports.ts';
import { textOf } from '../../variables/text.ts';
import type { ScriptEnvironment } from '../environment.ts';
import { result } from '../result.ts';

const localRport: CommandSignature = {
  params: [],
  routes: '*',
  description: 'our own Via asks for the port that the next hop sees (RFC 3581)',
};

export const hostInMessagesSignatures: Readonly<Record<string, CommandSignature>> = {
  set_advertised_address: {
    params: ['s'],
    paramNames: ['address'],
    routes: '*',
    description: 'the address that Via and Record-Route of this message call this host by',
  },
  set_advertised_port: {
    params: ['s'],
    paramNames: ['port'],
    routes: '*',
    description: 'the port that Via and Record-Route of this message call this host by',
  },
  add_local_rport: localRport,
  force_local_rport: { ...localRport, until: '3.0' },
  set_via_handling: {
    params: ['s'],
    paramNames: ['words'],
    routes: '*',
    since: '3.5',
    description: 'force-rport, add-local-rport, reply-to-via, force-tcp-alias, with commas between them',
  },
};

const viaWords = ['force-rport', 'add-local-rport', 'reply-to-via', 'force-tcp-alias'] as const;
type ViaWord = (typeof viaWords)[number];

/** What may stand as a host in a Via: nothing that could end the header or begin a parameter. */
const hostText = /^(?:[A-Za-z0-9._-]+|\[?[0-9A-Fa-f:.]+\]?)$/;

/**
 * What a message tells others of this host. `Deviation:` `reply-to-via` changes nothing: replies go to the address that
 * the request came from, so that nobody can point them at a third host. `Deviation:` an address or a port that could not stand in a Via is refused;
 * OpenSIPS writes whatever it is given.
 */
export function hostInMessagesCommands({
  log,
  connectionAliases,
}: ScriptEnvironment): Readonly<Record<string, Command>> {
  const refuse = (caller: string, what: string): number => {
    log.error(caller, what);
    return result.unspecified;
  };
  const addLocalRport: Command = ({ message }) => {
    message.localRport = true;
  };
  const effects: Readonly<Record<ViaWord, (run: ScriptRun) => void>> = {
    'force-rport': ({ message }) => {
      message.forceRport = true;
    },
    'add-local-rport': ({ message }) => {
      message.localRport = true;
    },
    'reply-to-via': () => undefined,
    'force-tcp-alias': ({ message, source }) => {
      connectionAliases?.add(message, source, 0);
    },
  };
  return {
    set_advertised_address({ message }, address) {
      const text = textOf(address ?? null);
      if (!hostText.test(text)) return refuse('w_set_adv_address', `${text} is no host`);
      message.advertisedHost = text;
      return result.true;
    },
    set_advertised_port({ message }, port) {
      const text = textOf(port ?? null);
      const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
      if (number < 1 || number > 65535) return refuse('w_set_adv_port', `${text} is no port`);
      message.advertisedPort = number;
      return result.true;
    },
    add_local_rport: addLocalRport,
    force_local_rport: addLocalRport,
    set_via_handling: {
      prepare([words]) {
        const fixed = typeof words?.constant === 'string' ? readWords(words.constant) : undefined;
        return (run) => {
          const asked = fixed ?? readAtRun(words, run);
          if (!asked) return refuse('set_via_handling', 'unknown word');
          for (const word of asked) effects[word](run);
          return result.true;
        };
      },
    },
  };
}

function readAtRun(words: PreparedArgument | undefined, run: ScriptRun): readonly ViaWord[] | undefined {
  try {
    return readWords(textOf(words?.evaluate(run) ?? null));
  } catch {
    return undefined;
  }
}

/** Errors: a word that says nothing. */
function readWords(text: string): readonly ViaWord[] {
  return text.split(',').map((written) => {
    const word = viaWords.find((known) => known === written.trim());
    if (!word) throw new Error(`Unknown flag: ${written.trim()}`);
    return word;
  });
}
