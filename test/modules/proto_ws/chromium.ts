import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = browsers.find((path) => existsSync(path));
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Runs in the page. */
function registerInPage(url: string): string {
  return `new Promise((resolve, reject) => {
    const ua = new JsSIP.UA({
      sockets: new JsSIP.WebSocketInterface(${JSON.stringify(url)}),
      uri: 'sip:browser@example.com',
      register: true,
    });
    ua.on('registered', ({ response }) => {
      resolve(response.status_code);
      ua.stop();
    });
    ua.on('registrationFailed', ({ cause }) => reject(new Error(cause)));
    ua.on('disconnected', ({ reason }) => reject(new Error('disconnected: ' + reason)));
    ua.start();
  })`;
}

/** A line for tests that need Chromium where it is not installed; false where it is. */
export const withoutChromium = executablePath ? false : `no Chromium at ${browsers.join(', ')}`;

/** JsSIP in a page registers over the browser's own WebSocket; answers the status of the reply. */
export async function registerInChromium(url: string, more: readonly string[] = []): Promise<unknown> {
  const bundle = await build({
    stdin: { contents: "import * as JsSIP from 'jssip'; globalThis.JsSIP = JsSIP;", resolveDir: root },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  const browser = await chromium.launch({
    executablePath: executablePath ?? '',
    args: ['--no-sandbox', ...more],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
    return await page.evaluate(registerInPage(url));
  } finally {
    await browser.close();
  }
}
