import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { startProgram } from './started-program.ts';

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

test('Chromium: JsSIP in a page registers over the native WebSocket', {
  skip: executablePath ? false : `no Chromium at ${browsers.join(', ')}`,
}, async () => {
  const bundle = await build({
    stdin: { contents: "import * as JsSIP from 'jssip'; globalThis.JsSIP = JsSIP;", resolveDir: root },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  const program = await startProgram();
  const browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
    assert.equal(await page.evaluate(registerInPage(`ws://127.0.0.1:${program.port}/`)), 200);
  } finally {
    await browser.close();
    assert.equal(await program.stop(), 0);
  }
});
