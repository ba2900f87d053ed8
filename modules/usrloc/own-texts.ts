import type { ContactInfo } from './contact.ts';

/** The same text apart from the message that it was cut out of, which would stay in memory for it as a whole. */
export function ownText(text: string): string {
  return text === '' ? text : Buffer.from(text, 'latin1').toString('latin1');
}

/** The same of all that a registration says. */
export function ownTexts(info: ContactInfo): ContactInfo {
  return {
    ...info,
    received: ownText(info.received),
    path: ownText(info.path),
    instance: ownText(info.instance),
    callId: ownText(info.callId),
    userAgent: ownText(info.userAgent),
    attributes: ownText(info.attributes),
  };
}
