import type { ByteStream, Timer } from '../../runtime/module-exports.ts';
import { checkAnswer, newKey, type UpgradeTarget, upgradeRequest } from './client-handshake.ts';
import { WebSocketConnection } from './connection.ts';
import type { ConnectionContext } from './context.ts';
import { DialFailure } from './dial-failures.ts';
import { HeadCollector } from './head-collector.ts';
import { Refusal } from './refusals.ts';

/**
 * Asks for the upgrade of a stream, plain or TLS, that has just been opened, and answers the connection.
 * The stream is gone where that fails. Errors: DialFailure. RFC 6455 §4.1.
 */
export function upgradeAsClient(
  stream: ByteStream,
  context: ConnectionContext,
  target: UpgradeTarget,
): Promise<WebSocketConnection> {
  return new Promise((resolve, reject) => {
    new ClientUpgrade(stream, context, target, { opened: resolve, failed: reject }).start();
  });
}

interface Outcome {
  readonly opened: (connection: WebSocketConnection) => void;
  readonly failed: (failure: DialFailure) => void;
}

class ClientUpgrade {
  readonly #stream: ByteStream;
  readonly #context: ConnectionContext;
  readonly #target: UpgradeTarget;
  readonly #outcome: Outcome;
  readonly #key = newKey();
  readonly #collector: HeadCollector;
  readonly #timer: Timer;
  readonly #onData = (chunk: Buffer): void => this.#read(chunk);
  readonly #onGone = (): void => this.#fail(new DialFailure('closed'));
  readonly #onError = (error: Error): void => this.#fail(new DialFailure('closed', error.message));
  #done = false;

  constructor(stream: ByteStream, context: ConnectionContext, target: UpgradeTarget, outcome: Outcome) {
    const { host, limits, param } = context;
    this.#stream = stream;
    this.#context = context;
    this.#target = target;
    this.#outcome = outcome;
    this.#collector = new HeadCollector(limits.maxRequestSize, param('max_request_size'));
    this.#timer = host.timers.deadline(limits.handshakeTimeout, () => this.#onTimeout());
  }

  start(): void {
    const { limits, param } = this.#context;
    const request = upgradeRequest(this.#target, this.#key);
    if (request.length > limits.maxRequestSize) {
      this.#fail(new DialFailure('request-size', param('max_request_size')));
      return;
    }
    this.#stream.on('data', this.#onData).on('end', this.#onGone).on('close', this.#onGone);
    this.#stream.on('error', this.#onError);
    this.#stream.write(request, 'latin1');
  }

  #read(chunk: Buffer): void {
    try {
      this.#collector.push(chunk);
      if (this.#collector.headSize === 0) return;
      checkAnswer(this.#collector.head, this.#key);
    } catch (error) {
      this.#fail(failureOf(error));
      return;
    }
    this.#accept(this.#collector.bytes().subarray(this.#collector.headSize));
  }

  #accept(rest: Buffer): void {
    this.#finish();
    const { resource, headers } = this.#target;
    const connection = new WebSocketConnection(
      { stream: this.#stream, role: 'client', path: resource, headers },
      this.#context,
    );
    this.#outcome.opened(connection);
    if (rest.length > 0) connection.read(rest);
  }

  #onTimeout(): void {
    const { limits, param } = this.#context;
    const detail = `${param('handshake_timeout')} is ${limits.handshakeTimeout} ms`;
    this.#fail(new DialFailure('handshake-timeout', detail));
  }

  #fail(failure: DialFailure): void {
    if (this.#done) return;
    this.#finish();
    this.#stream.on('error', ignore);
    this.#stream.destroy();
    this.#outcome.failed(failure);
  }

  #finish(): void {
    this.#done = true;
    this.#timer.cancel();
    this.#stream.off('data', this.#onData).off('end', this.#onGone).off('close', this.#onGone);
    this.#stream.off('error', this.#onError);
  }
}

/** The stream is ended anyway. */
function ignore(): void {}

/** Errors: what is neither a DialFailure nor a Refusal. */
function failureOf(error: unknown): DialFailure {
  if (error instanceof DialFailure) return error;
  if (error instanceof Refusal) {
    return error.code === 'head-size'
      ? new DialFailure('answer-size', error.message)
      : new DialFailure('answer-syntax');
  }
  throw error;
}
