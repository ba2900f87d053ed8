const reason = 'this port speaks TLS: connect to wss://, not to ws://\n';

/** Deviation: what a client gets that does not speak TLS, because a reset tells it nothing; a browser shows it. */
export const plainAnswer = [
  'HTTP/1.1 400 Bad Request',
  'Content-Type: text/plain',
  `Content-Length: ${reason.length}`,
  'Connection: close',
  '',
  reason,
].join('\r\n');
