import type { Dialog } from './dialog.ts';

interface Profile {
  readonly hasValue: boolean;
  /** How many dialogs have each value; '' where the profile has none. */
  readonly counts: Map<string, number>;
  /** The values of each dialog in it. */
  readonly values: Map<Dialog, Set<string>>;
  size: number;
}

/**
 * Sets of dialogs that the script makes: profiles_with_value, profiles_no_value (dlg_profile.c).
 *
 * `Deviation:` a dialog counts once for a value; there as often as the script has set it.
 */
export class Profiles {
  readonly #profiles = new Map<string, Profile>();

  constructor(withValue: readonly string[], withoutValue: readonly string[]) {
    for (const name of withValue) this.#profiles.set(name, emptyProfile(true));
    for (const name of withoutValue) this.#profiles.set(name, emptyProfile(false));
  }

  /** Whether its dialogs have values; undefined where there is no such profile. */
  hasValue(name: string): boolean | undefined {
    return this.#profiles.get(name)?.hasValue;
  }

  /** `clear`: other values of the dialog in that profile are forgotten. */
  add(name: string, value: string, dialog: Dialog, clear: boolean): void {
    const profile = this.#profiles.get(name);
    if (!profile) return;
    if (clear) removeFrom(profile, dialog);
    const values = profile.values.get(dialog) ?? new Set<string>();
    if (values.has(value)) return;
    profile.values.set(dialog, values.add(value));
    profile.counts.set(value, (profile.counts.get(value) ?? 0) + 1);
    profile.size++;
  }

  /** False where the dialog was not in it. */
  remove(name: string, value: string, dialog: Dialog): boolean {
    const profile = this.#profiles.get(name);
    return profile !== undefined && forget(profile, value, dialog);
  }

  /** Without a value: with any. */
  has(name: string, value: string | undefined, dialog: Dialog): boolean {
    const profile = this.#profiles.get(name);
    const values = profile?.values.get(dialog);
    if (!profile || !values) return false;
    return value === undefined || !profile.hasValue || values.has(value);
  }

  /** Dialogs with that value; without one, of all values. */
  size(name: string, value: string | undefined): number {
    const profile = this.#profiles.get(name);
    if (!profile) return 0;
    return value !== undefined && profile.hasValue ? (profile.counts.get(value) ?? 0) : profile.size;
  }

  /** A dialog that has ended is in none. */
  removeAll(dialog: Dialog): void {
    for (const profile of this.#profiles.values()) removeFrom(profile, dialog);
  }
}

function emptyProfile(hasValue: boolean): Profile {
  return { hasValue, counts: new Map(), values: new Map(), size: 0 };
}

function removeFrom(profile: Profile, dialog: Dialog): void {
  for (const value of [...(profile.values.get(dialog) ?? [])]) forget(profile, value, dialog);
}

function forget(profile: Profile, value: string, dialog: Dialog): boolean {
  const values = profile.values.get(dialog);
  if (!values?.delete(value)) return false;
  if (values.size === 0) profile.values.delete(dialog);
  const left = (profile.counts.get(value) ?? 1) - 1;
  if (left === 0) profile.counts.delete(value);
  else profile.counts.set(value, left);
  profile.size--;
  return true;
}

/** `caller; inbound/s` → names; a slash shares a profile between hosts, which is not done here. Errors: a bad name. */
export function parseProfiles(text: string): readonly string[] {
  const names = text.split(';').map((word) => word.split('/')[0]?.trim() ?? '');
  const bad = names.find((name) => !/^[A-Za-z0-9_-]*$/.test(name));
  if (bad !== undefined) throw new Error(`bad profile name <${bad}>: letters, digits, - and _ alone`);
  return names.filter((name) => name !== '');
}
