import { JsSipClient } from './jssip-client.js';
import { SipJsClient } from './sipjs-client.js';

const kinds = { JsSIP: JsSipClient, 'SIP.js': SipJsClient };

/** When what went over the WebSocket of this page, for the message of a test that waits in vain. */
globalThis.wire = [];

globalThis.WebSocket = class extends WebSocket {
  constructor(...options) {
    super(...options);
    this.addEventListener('open', () => note('open'));
    this.addEventListener('message', ({ data }) => note(`< ${firstLine(data)}`));
    this.addEventListener('close', ({ code, reason }) => note(`closed with ${code} ${reason}`));
  }

  send(data) {
    note(`> ${firstLine(data)}`);
    super.send(data);
  }
};

function note(what) {
  wire.push(`${Math.round(performance.now())} ms: ${what}`);
}

function firstLine(message) {
  return message.slice(0, message.indexOf('\r'));
}

globalThis.begin = (kind, options) => {
  globalThis.client = new kinds[kind](options);
};
