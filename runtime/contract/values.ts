/** What scripts compute with. Types only. */

/** What a variable or an argument holds: an integer, a text of one character a byte, or NULL. */
export type ScriptValue = number | string | null;

/** By name or number as written; the value set last comes first. */
export type Avps = Map<string, ScriptValue[]>;
