import type { ScriptRun, ScriptValue, Timer } from '../../runtime/module-exports.ts';
import type { Leg } from './legs.ts';
import { isEstablished, type State, state } from './states.ts';

/** What `create_dialog` may ask for. */
export interface DialogWishes {
  /** `B`: BYE goes to both sides when the lifetime is over. */
  readonly byeOnTimeout: boolean;
}

/** Routes that are run at moments of a dialog's life, by name. */
export interface DialogRoutes {
  answer: string | undefined;
  timeout: string | undefined;
  hangup: string | undefined;
}

/** `request`: one within the dialog was matched; `ended`: BYE or the end of its lifetime, not a call that failed. */
export type DialogHappening = 'request' | 'ended';

/** `run`: of the request; undefined where none has ended the dialog. */
type Hearer = (run: ScriptRun | undefined) => void;

/** A call, from its INVITE to its BYE (dlg_hash.h: dlg_cell). */
export class Dialog {
  /** `$DLG_did`, and what stands in Record-Route. */
  readonly id: string;
  /** The number under which databases of OpenSIPS have it; E_DLG_STATE_CHANGED tells it. */
  readonly number: number;
  readonly callId: string;
  /** The caller's is the first one; the callees' by their tags. */
  readonly legs: Leg[];
  /** How many Record-Routes the INVITE came with. */
  readonly routesAbove: number;
  readonly values = new Map<string, ScriptValue>();
  readonly flags = new Set<string>();
  readonly routes: DialogRoutes = { answer: undefined, timeout: undefined, hangup: undefined };
  wishes: DialogWishes;
  state: State = state.unconfirmed;
  /** The leg that has accepted the call, as its place in `legs`. */
  acceptedLeg = 0;
  /** Seconds. */
  lifetime: number;
  /** Milliseconds of the host's clock when that is over. */
  endsAt = 0;
  timer: Timer | undefined;
  /** Seconds since 1970 when it was accepted. */
  startTime = 0;
  endReason: string | undefined;
  /** It has a transaction. */
  followed = false;
  readonly #hearers = new Map<DialogHappening, Hearer[]>();

  constructor(id: string, number: number, callId: string, caller: Leg, lifetime: number) {
    this.id = id;
    this.number = number;
    this.callId = callId;
    this.legs = [caller];
    this.routesAbove = caller.routes.length;
    this.lifetime = lifetime;
    this.wishes = { byeOnTimeout: false };
  }

  get caller(): Leg {
    const [caller] = this.legs;
    if (!caller) throw new Error('a dialog without its caller');
    return caller;
  }

  /** Who has accepted the call, else the first who has replied. */
  get callee(): Leg | undefined {
    return this.legs[this.acceptedLeg || 1];
  }

  get isEstablished(): boolean {
    return isEstablished(this.state);
  }

  on(happening: DialogHappening, hear: Hearer): void {
    this.#hearers.set(happening, [...(this.#hearers.get(happening) ?? []), hear]);
  }

  tell(happening: DialogHappening, run: ScriptRun | undefined): void {
    for (const hear of this.#hearers.get(happening) ?? []) hear(run);
  }
}
