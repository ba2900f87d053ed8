/** Chromium, and pages with one SIP client each. */

import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const executables = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = executables.find((path) => existsSync(path));
const clients = fileURLToPath(new URL('../../../test/browsers/page/clients.js', import.meta.url));

/** Milliseconds that anything may take on a busy machine before a test gives up. */
const PATIENCE = 15_000;

/** A line for tests that need Chromium where it is not installed; false where it is. */
export const withoutChromium = executablePath ? false : `no Chromium at ${executables.join(', ')}`;

/** Chromium with a microphone that is none; it trusts these certificates (PEM). */
export function openChromium(trusted: readonly string[] = []): Promise<Browser> {
  const digests = trusted.map((pem) => {
    const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
    return createHash('sha256').update(key).digest('base64');
  });
  return chromium.launch({
    executablePath: executablePath ?? '',
    args: [
      '--no-sandbox',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
      // Errors of chains with one of these keys do not count; the digest is that of HPKP (RFC 7469 §2.4).
      ...(digests.length > 0 ? [`--ignore-certificate-errors-spki-list=${digests.join(',')}`] : []),
    ],
  });
}

/** Makes pages with the clients in them. */
export interface ClientPages {
  open(kind: Kind, options: ClientOptions): Promise<Client>;
  close(): Promise<void>;
}

/** The pages come from a loopback server: such ones get a microphone, and may connect to loopback addresses. */
export async function openClientPages(browser: Browser): Promise<ClientPages> {
  const { outputFiles } = await build({
    entryPoints: [clients],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  const script = outputFiles[0]?.text ?? '';
  const context = await browser.newContext();
  await context.addInitScript({ content: script });
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    open: (kind, options) => Client.open(context, `http://127.0.0.1:${port}/`, kind, options),
    async close() {
      await context.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

export type Kind = 'JsSIP' | 'SIP.js';

export interface ClientOptions {
  readonly url: string;
  readonly user: string;
  readonly domain: string;
}

/** A client in a page of its own. */
export class Client {
  readonly user: string;
  readonly #page: Page;

  private constructor(user: string, page: Page) {
    this.user = user;
    this.#page = page;
  }

  /** Answers when it is connected. */
  static async open(
    context: BrowserContext,
    url: string,
    kind: Kind,
    options: ClientOptions,
  ): Promise<Client> {
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(`begin(${JSON.stringify(kind)}, ${JSON.stringify(options)})`);
    const client = new Client(options.user, page);
    await client.until('connected');
    return client;
  }

  /** Calls a method of the client. */
  do(method: string, ...args: readonly (string | number)[]): Promise<unknown> {
    return this.#inPage(`client.${method}(${args.map((each) => JSON.stringify(each)).join()})`);
  }

  /** Waits until something happened to it that begins so; answers the whole text. */
  async until(happening: string): Promise<string> {
    return String(await this.#inPage(`client.happened.next(${JSON.stringify(happening)})`));
  }

  async #inPage(expression: string): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(async () => reject(new Error(await this.#inVain(expression))), PATIENCE);
    });
    try {
      return await Promise.race([this.#page.evaluate(expression), patience]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** With what went over its WebSocket. */
  async #inVain(expression: string): Promise<string> {
    const said = expression.length > 200 ? `${expression.slice(0, 200)}…` : expression;
    const wire = this.#page.evaluate('wire.join("\\n")').catch(String);
    const nothing = new Promise((resolve) => setTimeout(resolve, PATIENCE, 'The page does not answer.'));
    return `${this.user} waits in vain for ${said}\n${await Promise.race([wire, nothing])}`;
  }

  /** Closes its page without a word to anybody. */
  close(): Promise<void> {
    return this.#page.close({ runBeforeUnload: false });
  }
}
