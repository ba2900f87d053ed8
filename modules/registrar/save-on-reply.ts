import type { MaybePromise, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { contactsOf, type WrittenContact } from './contact-header.ts';
import { RegistrationError } from './registration-error.ts';
import { type SaveCall, type SaveSettings, save } from './save.ts';

/** tm, as far as it is used here; structurally its api. */
export interface TransactionManager {
  transactionOf(run: ScriptRun): { readonly request: SipMessage; readonly run: ScriptRun } | undefined;
}

/**
 * save() in an onreply_route: stores the first contact of the REGISTER for as long as the registrar behind has granted
 * it. `changedUri`: what the script sent on in its place (mcontact_avp); it is put back in the reply. C: save.
 */
export function saveOnReply(
  run: ScriptRun,
  call: SaveCall,
  settings: SaveSettings,
  {
    tm,
    changedUri,
  }: { readonly tm: TransactionManager | undefined; readonly changedUri: string | undefined },
): MaybePromise<number> {
  const { log } = settings.contacts;
  const transaction = tm?.transactionOf(run);
  if (!transaction) {
    log.error('save', 'Transaction not created on Register - can not save on reply');
    return -1;
  }
  try {
    const asked = contactsOf(transaction.request, settings.contacts);
    if (asked !== 'star' && asked.length === 0) return 1;
    const [first] = asked === 'star' ? [] : asked;
    const granted = first && grantedContact(run.message, changedUri ?? first.uri, settings);
    if (granted && first && changedUri !== undefined) putBack(run.message, granted.uri, first.uri);
    const forced = granted && first ? [{ uri: first.uri, params: granted.params }] : undefined;
    const quiet = { ...call, flags: { ...call.flags, noReply: true } };
    return save(transaction.run, forced ? { ...quiet, forced } : quiet, settings);
  } catch (error) {
    if (error instanceof RegistrationError) return -1;
    throw error;
  }
}

/** The contact of the reply that means the same and says how long it lasts. */
function grantedContact(reply: SipMessage, uri: string, settings: SaveSettings): WrittenContact | undefined {
  const told = contactsOf(reply, settings.contacts);
  if (told === 'star') return undefined;
  const location = settings.location();
  return told.find((contact) => location.sameUri(contact.uri, uri) && contact.params.has('expires'));
}

function putBack(reply: SipMessage, sent: string, own: string): void {
  for (let at = reply.findHeader('Contact'); at >= 0; at = reply.findHeader('Contact', at + 1)) {
    const value = reply.headerValue(at);
    if (!value.includes(sent)) continue;
    reply.edits.replace(at, `${reply.headerName(at)}: ${value.replace(sent, () => own)}\r\n`);
    return;
  }
}
