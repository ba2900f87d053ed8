/**
 * The socket that JsSIP asks for, over the browser's WebSocket; `trace(direction, text)` hears of each message that
 * goes out or comes in.
 */
export class TracedSocket {
  #webSocket;
  #trace;

  constructor(url, trace) {
    const { host, protocol } = new URL(url);
    this.url = url;
    this.sip_uri = `sip:${host};transport=ws`;
    this.via_transport = protocol === 'wss:' ? 'WSS' : 'WS';
    this.#trace = trace;
  }

  connect() {
    if (this.isConnected() || this.isConnecting()) return;
    const socket = new WebSocket(this.url, 'sip');
    this.#webSocket = socket;
    const whenCurrent = (act) => (event) => this.#webSocket === socket && act(event);
    socket.onopen = whenCurrent(() => this.onconnect());
    socket.onmessage = whenCurrent(({ data }) => this.#receive(data));
    socket.onclose = whenCurrent(({ wasClean, code, reason }) => this.ondisconnect(!wasClean, code, reason));
  }

  disconnect() {
    this.#webSocket?.close();
    this.#webSocket = undefined;
  }

  send(message) {
    if (!this.isConnected()) return false;
    this.#trace('sent', String(message));
    this.#webSocket.send(String(message));
    return true;
  }

  isConnected() {
    return this.#webSocket?.readyState === WebSocket.OPEN;
  }

  isConnecting() {
    return this.#webSocket?.readyState === WebSocket.CONNECTING;
  }

  /** A binary frame is UTF-8 as well (RFC 7118 §4.2). */
  async #receive(data) {
    const text = typeof data === 'string' ? data : await data.text();
    if (text.trim() !== '') this.#trace('received', text);
    this.ondata(text);
  }
}
