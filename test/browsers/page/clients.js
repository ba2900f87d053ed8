import { JsSipClient } from './jssip-client.js';
import { SipJsClient } from './sipjs-client.js';

const kinds = { JsSIP: JsSipClient, 'SIP.js': SipJsClient };

globalThis.begin = (kind, options) => {
  globalThis.client = new kinds[kind](options);
};
