import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { hasBody } from './body.ts';
import { bodyCommands } from './body-commands.ts';
import { headerCommands } from './header-commands.ts';
import { isMethod } from './is-method.ts';
import { listHeaderCommands } from './list-header.ts';
import { manifest } from './manifest.ts';
import { messageCommands } from './message-commands.ts';
import { isPrivacy } from './privacy.ts';
import { removeHeaderCommands } from './remove-header.ts';
import { sdpCommands } from './sdp-commands.ts';
import { uriCommands } from './uri-commands.ts';
import { validateCommand } from './validate.ts';

export { manifest };

const createModule: ModuleFactory = (host) => ({
  commands: {
    ...headerCommands(),
    ...removeHeaderCommands(host),
    ...uriCommands(host.log, host.sip.uris),
    ...listHeaderCommands(),
    ...bodyCommands(),
    ...messageCommands(host),
    ...sdpCommands(host),
    is_method: isMethod,
    has_totag: ({ message }) => message.to?.tag !== undefined,
    has_body: hasBody,
    has_body_part: hasBody,
    is_present_hf: ({ message }, name) => message.findHeader(String(name)) >= 0,
    is_privacy: isPrivacy,
    sipmsg_validate: validateCommand(host),
    list_hdr_has_option({ message }, name, option) {
      const wanted = String(option).toLowerCase();
      return message.headerValues(String(name)).some((value) => value.toLowerCase() === wanted);
    },
  },
  init() {
    host.log.info('mod_init', 'initializing...');
  },
});

export default createModule;
