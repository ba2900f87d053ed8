// Makes docs/phone.png: `npm start`, two tabs in a call, the SIP trace of one with a message shown whole. Needs Chromium.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { chromium } from 'playwright-core';

const picture = 'docs/phone.png';
const maxBytes = 150_000;
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

const program = spawn('npm', ['start'], { stdio: ['ignore', 'inherit', 'pipe'], detached: true });
try {
  const url = await urlOf(program.stderr);
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-lcd-text',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, timezoneId: 'UTC' });
  const alice = await open(context, url);
  const bob = await open(context, url);
  await say(alice, 'Shall we talk?', bob);
  await say(bob, 'Yes, call me.', alice);
  await alice.getByLabel('Whom').press('Enter');
  await bob.getByText('alice calls').waitFor();
  await bob.getByRole('button', { name: 'Answer' }).first().press('Enter');
  await alice.getByText('in a call with bob').waitFor();
  await alice.locator('summary', { hasText: '180 Ringing' }).press('Enter');
  await alice.bringToFront();
  await alice.evaluate('document.activeElement.blur()');
  await alice.screenshot({ path: picture, animations: 'disabled' });
  await browser.close();
} finally {
  process.kill(-program.pid, 'SIGTERM');
}
const { size } = statSync(picture);
console.log(`${picture}: ${size} bytes`);
if (size > maxBytes) throw new Error(`${picture} is larger than ${maxBytes} bytes`);

/** As the log tells it; what is told before that is passed on where the program ends instead. */
async function urlOf(log) {
  let text = '';
  for await (const part of log.setEncoding('utf8')) {
    text += part;
    const [url] = /http:\/\/\S+/.exec(text) ?? [];
    if (url) return url;
  }
  throw new Error(text);
}

async function open(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText('registered as').waitFor();
  return page;
}

async function say(page, text, other) {
  const field = page.getByLabel('Text', { exact: true });
  await field.fill(text);
  await field.press('Enter');
  await other.getByRole('log').getByText(text).waitFor();
}
