import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { createHost, type Host } from '../../../runtime/index.ts';
import { openChromium, withoutChromium } from '../../browsers/browser.ts';
import { exampleFolder } from '../../example-folder.ts';
import { collectLog } from '../../runtime/host/host-tools.ts';
import { builtModules, pagePort } from './page-host.ts';

/** The shipped example with the page at any free port. */
function withPage(text: string): string {
  const lines = ['loadmodule "phone.so"', 'modparam("phone", "port", 0)', ''];
  return text.replace(/^mpath=.*$/m, `mpath="${builtModules}"`) + lines.join('\n');
}

const folder = exampleFolder(withPage);

/** Keeps the last connection of a page where a test finds it. */
const keepConnections = `
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...options) {
      super(...options);
      globalThis.lastConnection = this;
    }
  };`;

/** Whether RTP with audio has come in by it. */
const receivesAudio = `lastConnection.getStats().then((stats) =>
  [...stats.values()].some(({ type, packetsReceived }) => type === 'inbound-rtp' && packetsReceived > 10))`;

describe('the page in Chromium, through the shipped example', { skip: withoutChromium }, () => {
  let host: Host;
  let browser: Browser;
  let context: BrowserContext;
  let url: string;
  let alice: Phone;
  let bob: Phone;
  const complaints: string[] = [];
  const asked = new Set<string>();

  before(async () => {
    const log = collectLog();
    host = await createHost({
      file: folder.config,
      log: log.log,
      listenOn: () => '127.0.0.1:0',
    });
    await host.start();
    url = `http://127.0.0.1:${pagePort(log)}/`;
    browser = await openChromium();
    context = await browser.newContext();
    await context.addInitScript({ content: keepConnections });
    context.on('console', (message) => complaints.push(message.text()));
    context.on('weberror', (error) => complaints.push(String(error.error())));
    context.on('request', (request) => asked.add(new URL(request.url()).host));
    alice = await Phone.open(context, url);
    bob = await Phone.open(context, url);
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  test('each tab has another name, and registers when it opens', async () => {
    assert.equal(await alice.page.getByLabel('Name').inputValue(), 'alice');
    assert.equal(await bob.page.getByLabel('Name').inputValue(), 'bob');
    await alice.shows('registered as sip:alice@127.0.0.1');
    await bob.shows('registered as sip:bob@127.0.0.1');
  });

  test('a message arrives, and its sender sees that it did', async () => {
    await alice.type('Text', 'grüß dich');
    await bob.messages.getByText('alice: grüß dich').waitFor();
    await alice.messages.getByText('✓').waitFor();
    await alice.type('Whom', 'nobody', false);
    await alice.type('Text', 'anybody?');
    await alice.messages.getByText('404 Not Found').waitFor();
  });

  test('a call: rings, is answered, on hold and back, keys, hung up', async () => {
    await alice.type('Whom', 'bob');
    await bob.line(1, 'alice calls');
    await alice.line(1, 'rings at bob');
    await bob.press(1, 'Answer');
    await Promise.all([alice.line(1, 'in a call with bob'), bob.line(1, 'in a call with alice')]);
    await alice.press(1, 'Hold');
    await Promise.all([alice.line(1, 'on hold'), bob.line(1, 'held by alice')]);
    await alice.press(1, 'Hold');
    await bob.line(1, /^in a call with alice$/);
    await alice.press(1, '5');
    await bob.line(1, 'pressed 5');
    await bob.press(1, 'Mute');
    await bob.line(1, 'microphone off');
    await bob.press(1, 'Hang up');
    await Promise.all([alice.line(1, 'free (bob: hung up)'), bob.line(1, 'free (alice: you hung up)')]);
  });

  test('sound arrives: RTP comes in at both ends', async () => {
    await bob.type('Whom', 'alice');
    await alice.line(1, 'bob calls');
    await alice.press(1, 'Answer');
    await bob.line(1, 'in a call with alice');
    await Promise.all([alice.hears(), bob.hears()]);
    await alice.press(1, 'Hang up');
    await bob.line(1, 'free');
  });

  test('a second call rings on the other line, and its answer puts the first on hold; a third is 486', async () => {
    const carol = await Phone.open(context, url);
    await carol.shows('registered as sip:carol@127.0.0.1');
    await alice.type('Whom', 'bob');
    await bob.line(1, 'alice calls');
    await bob.press(1, 'Answer');
    await carol.type('Whom', 'bob');
    await bob.line(2, 'carol calls');
    await bob.press(2, 'Answer');
    await Promise.all([alice.line(1, 'held by bob'), carol.line(1, 'in a call with bob')]);
    const dave = await Phone.open(context, url);
    await dave.shows('registered as sip:dave@127.0.0.1');
    await dave.type('Whom', 'bob');
    await dave.line(1, '486 Busy Here');
    await carol.page.close();
    await dave.page.close();
    await bob.press(2, 'Hang up');
    await alice.press(1, 'Hang up');
    await bob.line(1, 'free');
  });

  test('the trace has each message, and shows it whole', async () => {
    const trace = alice.page.getByRole('list', { name: 'SIP trace' });
    const first = trace.getByRole('listitem').first();
    assert.match(
      await first.locator('summary').innerText(),
      /^\d\d:\d\d:\d\d\.\d{3} → REGISTER sip:127\.0\.0\.1 SIP\/2\.0$/,
    );
    const message = first.locator('pre');
    assert.equal(await message.isVisible(), false);
    await first.locator('summary').press('Enter');
    await message.waitFor();
    assert.match(await message.innerText(), /^REGISTER [\s\S]*\nCSeq: \d+ REGISTER\n/);
    assert.match(await trace.getByRole('listitem').nth(1).innerText(), / ← SIP\/2\.0 200 OK/);
    await alice.page.getByRole('button', { name: 'Clear' }).press('Enter');
    assert.equal(await trace.getByRole('listitem').count(), 0);
  });

  test('the switch takes one away and brings one back, with another name', async () => {
    const registered = bob.page.getByRole('switch', { name: 'Registered' });
    assert.equal(await registered.getAttribute('aria-checked'), 'true');
    await registered.press('Enter');
    await bob.shows('not registered');
    await alice.type('Whom', 'bob');
    await alice.line(1, '404 Not Found');
    await bob.page.getByLabel('Name').fill('erin');
    await registered.press('Enter');
    await bob.shows('registered as sip:erin@127.0.0.1');
  });

  test('light and dark', async () => {
    const colours = new Set<string>();
    for (const colorScheme of ['light', 'dark'] as const) {
      await alice.page.emulateMedia({ colorScheme });
      colours.add(
        String(await alice.page.evaluate('getComputedStyle(document.documentElement).backgroundColor')),
      );
    }
    assert.equal(colours.size, 2);
  });

  test('everything comes from the page’s own server, and the console is empty', () => {
    assert.deepEqual([...asked], [new URL(url).host]);
    assert.deepEqual(complaints, []);
  });
});

/** One tab, used by keyboard and found by what a screen reader is told. */
class Phone {
  readonly page: Page;
  readonly messages: Locator;

  private constructor(page: Page) {
    this.page = page;
    this.messages = page.getByRole('log', { name: 'Messages' });
  }

  static async open(context: BrowserContext, url: string): Promise<Phone> {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(url);
    return new Phone(page);
  }

  async shows(status: string): Promise<void> {
    await this.page.getByRole('status').filter({ hasText: status }).first().waitFor();
  }

  async type(label: string, text: string, enter = true): Promise<void> {
    const field = this.page.getByLabel(label, { exact: true });
    await field.fill(text);
    if (enter) await field.press('Enter');
  }

  async line(number: number, state: string | RegExp): Promise<void> {
    await this.#line(number).getByRole('status').filter({ hasText: state }).waitFor();
  }

  async hears(): Promise<void> {
    await this.page.waitForFunction(receivesAudio);
  }

  async press(number: number, name: string): Promise<void> {
    await this.#line(number).getByRole('button', { name, exact: true }).press('Enter');
  }

  #line(number: number): Locator {
    return this.page.getByRole('article', { name: `Line ${number}` });
  }
}
