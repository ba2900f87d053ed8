import { CallLine } from './call-line.js';
import { createChat } from './chat.js';
import { byId } from './dom.js';
import JsSIP from './jssip.js';
import { firstTarget, nameOfThisTab } from './tab-name.js';
import { createTrace } from './trace.js';
import { TracedSocket } from './traced-socket.js';

/** The ends of a connection come from here; a browser on the same machine needs no other way (ICE) to its peer. */
const audioOnly = { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } };

const settings = await (await fetch('settings.json')).json();
const trace = createTrace();
const lines = ['Line 1', 'Line 2'].map((name) => new CallLine(name, restOthers));
const chat = createChat(sendMessage);
const registered = byId('registered');
/** JsSIP's user agent while the switch is on. */
let agent;

document.title = settings.title;
byId('title').textContent = settings.title;
byId('server').append(...settings.servers.map((url) => new Option(url)));
byId('name').value = await nameOfThisTab();
byId('target').value = firstTarget(byId('name').value);
registered.addEventListener('click', () => (agent ? switchOff() : switchOn()));
byId('account').addEventListener('submit', (event) => event.preventDefault());
byId('call').addEventListener('submit', (event) => {
  event.preventDefault();
  dial(byId('target').value.trim());
});
addEventListener('pagehide', () => agent?.stop());
if (settings.servers.length > 0) switchOn();
else showStatus('there is no WebSocket socket in the config');

function switchOn() {
  if (!byId('account').reportValidity()) return;
  const url = byId('server').value;
  const domain = settings.domain ?? new URL(url).hostname;
  const name = byId('name').value;
  agent = new JsSIP.UA({
    sockets: [new TracedSocket(url, trace.add)],
    uri: `sip:${name}@${domain}`,
    display_name: name,
    user_agent: settings.title,
    register_expires: 300,
    session_timers: false,
    connection_recovery_max_interval: 10,
  });
  follow(agent);
  showSwitch();
  agent.start();
}

function switchOff() {
  agent.stop();
  agent = undefined;
  showSwitch();
  showStatus('not registered');
}

/** Who one is cannot change while one is registered. */
function showSwitch() {
  registered.ariaChecked = String(agent !== undefined);
  for (const id of ['name', 'server']) byId(id).disabled = agent !== undefined;
}

function follow(followed) {
  const on = (name, act) => followed.on(name, (event) => agent === followed && act(event));
  on('connecting', () => showStatus('connecting'));
  on('connected', () => showStatus('connected, registering'));
  on('disconnected', () => showStatus('no connection, trying again'));
  on('registered', () => showStatus(`registered as ${followed.configuration.uri.toAor()}`));
  on('unregistered', () => showStatus('not registered'));
  on('registrationFailed', ({ cause, response }) =>
    showStatus(`not registered: ${response ? `${response.status_code} ${response.reason_phrase}` : cause}`),
  );
  on('newRTCSession', ({ session }) => takeSession(session));
  on('newMessage', ({ originator, request }) => {
    if (originator === 'remote') chat.received(request.from.uri.user ?? request.from.uri.host, request.body);
  });
}

function takeSession(session) {
  const line = lines.find(({ isFree }) => isFree);
  if (line) line.take(session);
  else if (session.direction === 'incoming')
    session.terminate({ status_code: 486, reason_phrase: 'Busy Here' });
}

function dial(target) {
  showNotice('');
  if (!agent?.isConnected()) return showNotice('There is no connection: switch “Registered” on.');
  if (!lines.some(({ isFree }) => isFree)) return showNotice('Both lines are taken.');
  try {
    agent.call(target, audioOnly);
  } catch {
    showNotice(`“${target}” cannot be called.`);
  }
}

function sendMessage(target, text, outcome) {
  if (!agent?.isConnected()) return outcome('not sent: no connection');
  const eventHandlers = {
    succeeded: () => outcome('✓'),
    failed: ({ response, cause }) =>
      outcome(response ? `${response.status_code} ${response.reason_phrase}` : cause),
  };
  try {
    agent.sendMessage(target, text, { eventHandlers });
  } catch {
    outcome('not sent: no address');
  }
}

/** One line at a time is spoken on. */
function restOthers(taken) {
  for (const line of lines) if (line !== taken) line.rest();
}

function showStatus(text) {
  byId('status').textContent = text;
}

function showNotice(text) {
  byId('notice').textContent = text;
}
