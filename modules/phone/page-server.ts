import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerTo, type Page } from './answers.ts';

/** Milliseconds in which a request has to be there, and those that an idle connection stays. */
const PATIENCE = 5000;
/** Bytes of the headers of a request; an URL is among them. */
const MAX_HEADER_BYTES = 8192;

/** Where a page is served. */
export interface PageServer {
  readonly port: number;
  close(): Promise<void>;
}

interface Place {
  readonly ip: string;
  readonly port: number;
  readonly maxConnections: number;
}

/** Opens the port. Errors: those of node:net. */
export async function servePage(page: Page, { ip, port, maxConnections }: Place): Promise<PageServer> {
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: PATIENCE,
    requestTimeout: PATIENCE,
    keepAliveTimeout: PATIENCE,
    connectionsCheckingInterval: PATIENCE / 5,
  };
  const server = createServer(limits, (request, response) => answer(request, response, page));
  server.maxConnections = maxConnections;
  await listen(server, ip, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => close(server),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const { method = '', url = '', headersDistinct, socket } = request;
  // Two of them are malformed as one (RFC 9112 §3.2).
  const host = headersDistinct.host?.join(',') ?? '';
  const asked = { method, target: url, host, reachedAt: socket.localAddress };
  const { status, headers, body } = answerTo(asked, page);
  response.writeHead(status, { ...headers, 'Content-Length': body.length, ...(hasBody(request) && closing) });
  response.end(body);
}

const closing = { Connection: 'close' };

/** Nobody reads what comes with a GET; the connection ends behind the answer, so that it is not waited for either. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function listen(server: Server, ip: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ip, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
