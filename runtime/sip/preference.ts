/** The q of a contact (RFC 3261 §20.10), kept in thousandths. */

const written = /^[ \t]*(?:0*(1)(?:\.0*)?|0+(?:\.(\d*))?|\.(\d*))$/;

/** What a text says, digits beyond the third left out; undefined where it is no q. C: str2q. */
export function preferenceOf(text: string): number | undefined {
  const found = written.exec(text);
  if (!found) return undefined;
  const [, one, afterZero, alone] = found;
  return one ? 1000 : Number((afterZero ?? alone ?? '').slice(0, 3).padEnd(3, '0'));
}

/** As it stands in a Contact: at most three digits, '' where none was told. C: q2str. */
export function preferenceText(q: number | undefined): string {
  if (q === undefined) return '';
  if (q >= 1000) return '1';
  if (q <= 0) return '0';
  return `0.${String(q).padStart(3, '0').replace(/0+$/, '')}`;
}
