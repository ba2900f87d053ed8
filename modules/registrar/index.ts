import type {
  Command,
  ModuleFactory,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
} from '../../runtime/module-exports.ts';
import type { LocationTable } from './location.ts';
import { lookup } from './lookup.ts';
import { areLookupLetters, lookupFlagsOfLetters, lookupFlagsOfWords, plainLookup } from './lookup-flags.ts';
import { manifest } from './manifest.ts';
import { preparedFlags } from './prepared-flags.ts';
import { isContactRegistered, isIpRegistered, isRegistered, type QuestionSettings } from './questions.ts';
import { remove, removeIpPort } from './remove.ts';
import { save } from './save.ts';
import { areSaveLetters, plainSave, saveFlagsOfLetters, saveFlagsOfWords } from './save-flags.ts';
import { saveOnReply } from './save-on-reply.ts';
import { RegistrarSettings } from './settings.ts';
import { addSocketHeader } from './socket-header.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const settings = new RegistrarSettings(host);
  const tableOf = (argument: PreparedArgument | undefined) => {
    const name = String(argument?.constant ?? '');
    return settings.location().table(name);
  };
  return {
    commands: {
      save: saveCommand(host, settings, tableOf),
      lookup: lookupCommand(host, settings, tableOf),
      ...questionCommands(settings.questions, tableOf),
      ...removeCommands(host, settings, tableOf),
      add_sock_hdr: (run, name) => addSocketHeader(run, String(name ?? '')),
    },
    init() {
      host.log.info('mod_init', 'initializing...');
      settings.start();
    },
  };
};

export default createModule;

type TableOf = (argument: PreparedArgument | undefined) => LocationTable;

function saveCommand(host: ModuleHost, settings: RegistrarSettings, tableOf: TableOf): Command {
  const { limits, saving } = settings;
  const read = (text: string) =>
    settings.hasNamedFlags && !areSaveLetters(text)
      ? saveFlagsOfWords(text, limits)
      : saveFlagsOfLetters(text, limits, host.log);
  return {
    prepare([name, flagsArgument, aorArgument, tagArgument]) {
      const table = tableOf(name);
      const flagsOf = preparedFlags(flagsArgument, plainSave(limits), read);
      return (run) => {
        const flags = flagsOf(run);
        const call = {
          table,
          flags,
          aor: textOf(aorArgument, run),
          ownershipTag: textOf(tagArgument, run) ?? '',
        };
        if (run.message.isRequest) return save(run, run.routeLetter === 'O' ? silent(call) : call, saving);
        return saveOnReply(run, call, saving, { tm: settings.tm(), changedUri: settings.changedUri(run) });
      };
    },
  };
}

/** In an onreply_route nothing is answered. */
function silent<Call extends { readonly flags: ReturnType<typeof plainSave> }>(call: Call): Call {
  return { ...call, flags: { ...call.flags, noReply: true } };
}

function lookupCommand(host: ModuleHost, settings: RegistrarSettings, tableOf: TableOf): Command {
  const read = (text: string) =>
    settings.hasNamedFlags && !areLookupLetters(text)
      ? lookupFlagsOfWords(text, host)
      : lookupFlagsOfLetters(text, host, host.log);
  return {
    prepare([name, flagsArgument, aorArgument]) {
      const table = tableOf(name);
      const flagsOf = preparedFlags(flagsArgument, plainLookup, read);
      return (run) => lookup(run, table, flagsOf(run), textOf(aorArgument, run), settings.questions);
    },
  };
}

function questionCommands(questions: QuestionSettings, tableOf: TableOf): Readonly<Record<string, Command>> {
  const asking = (
    ask: (
      run: ScriptRun,
      table: LocationTable,
      rest: readonly PreparedArgument[],
    ) => ReturnType<typeof isRegistered>,
  ): Command => ({
    prepare([name, ...rest]) {
      const table = tableOf(name);
      return (run) => ask(run, table, rest);
    },
  });
  return {
    is_registered: asking((run, table, [aor]) => isRegistered(run, table, textOf(aor, run), questions)),
    registered: asking((run, table, [aor, callId]) => {
      const asked = {
        aor: textOf(aor, run) ?? run.message.requestUri,
        uri: undefined,
        callId: textOf(callId, run),
      };
      return asked.callId === undefined
        ? isRegistered(run, table, asked.aor, questions)
        : isContactRegistered(run, table, asked, questions);
    }),
    is_contact_registered: asking((run, table, [aor, contact, callId]) =>
      isContactRegistered(
        run,
        table,
        { aor: textOf(aor, run), uri: textOf(contact, run), callId: textOf(callId, run) },
        questions,
      ),
    ),
    is_ip_registered: asking((run, table, [aor, addresses, ports]) =>
      isIpRegistered(run, table, { aor: textOf(aor, run), addresses, ports }, questions),
    ),
    is_other_contact: asking((run, table, [addresses]) =>
      isIpRegistered(run, table, { aor: run.message.to?.uri, addresses, ports: undefined }, questions),
    ),
  };
}

function removeCommands(
  host: ModuleHost,
  settings: RegistrarSettings,
  tableOf: TableOf,
): Readonly<Record<string, Command>> {
  const tools = { aor: () => settings.aor(), routing: host.routing, log: host.log };
  return {
    remove: {
      prepare([name, aor, contact, nextHop, instance, flag]) {
        const table = tableOf(name);
        return (run) => {
          const flagName = textOf(flag, run);
          const filter = {
            contact: textOf(contact, run),
            nextHop: textOf(nextHop, run),
            instance: textOf(instance, run),
            flags: flagName === undefined ? 0 : host.flags.branch(flagName),
          };
          return remove(table, textOf(aor, run) ?? '', filter, tools);
        };
      },
    },
    remove_ip_port: {
      prepare([address, port, name, aor]) {
        const table = tableOf(name);
        return (run) => {
          const place = {
            address: textOf(address, run) ?? '',
            port: Number(port?.evaluate(run) ?? 0),
            aor: textOf(aor, run),
          };
          return removeIpPort(table, place, tools);
        };
      },
    },
  };
}

/** Undefined where the argument is left out, empty or NULL. */
function textOf(argument: PreparedArgument | undefined, run: ScriptRun): string | undefined {
  const value = argument?.given ? argument.evaluate(run) : null;
  return value === null || value === '' ? undefined : String(value);
}
