import { type StartedProgram, startProgram } from '../proto_ws/started-program.ts';
import { domainLines, type TlsFiles } from '../tls-domains.ts';

/** The program with the shipped example, whose socket speaks wss. */
export function startSecureProgram(files: TlsFiles, more: readonly string[] = []): Promise<StartedProgram> {
  return startProgram((example) =>
    example
      .replace('socket=ws:', 'socket=wss:')
      .replaceAll('proto_ws', 'proto_wss')
      .replaceAll('ws_max_msg_chunks', 'wss_max_msg_chunks')
      .replace('loadmodule "sl.so"', `${domainLines(files, more)}\nloadmodule "sl.so"`),
  );
}
