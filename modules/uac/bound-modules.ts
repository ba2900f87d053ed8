import type { ModuleHost } from '../../runtime/module-exports.ts';
import type { ClientAuthentication, RecordRouting, TransactionManager } from './neighbours.ts';
import { createReplyRepair, type ReplyRepair } from './reply-repair.ts';

/** The modules that this one works with, from the start of the host on; rr and uac_auth where the script needs them. */
export class BoundModules {
  readonly #host: ModuleHost;
  #tm: TransactionManager | undefined;
  #rr: RecordRouting | undefined;
  #uacAuth: ClientAuthentication | undefined;
  #repair: ReplyRepair | undefined;

  constructor(host: ModuleHost) {
    this.#host = host;
  }

  bindTm(): void {
    this.#tm = this.#host.bind<TransactionManager>('tm');
    this.#repair = createReplyRepair(this.#tm);
  }

  bindUacAuth(): void {
    this.#uacAuth = this.#host.bind<ClientAuthentication>('uac_auth');
  }

  /** Errors: rr does not tell directions. */
  bindRr(why: string): void {
    this.#rr = this.#host.bind<RecordRouting>('rr');
    if (!this.#rr.appendsFromTag) {
      throw new Error(`'append_fromtag' RR param is not enabled! - required by ${why}`);
    }
  }

  get tm(): TransactionManager {
    return started(this.#tm, 'tm');
  }

  get rr(): RecordRouting {
    return started(this.#rr, 'rr');
  }

  get uacAuth(): ClientAuthentication {
    return started(this.#uacAuth, 'uac_auth');
  }

  get repair(): ReplyRepair {
    return started(this.#repair, 'tm');
  }
}

function started<T>(module: T | undefined, name: string): T {
  if (module === undefined) throw new Error(`the module ${name} is not bound`);
  return module;
}
