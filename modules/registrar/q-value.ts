/** In thousandths; undefined for what is no q (RFC 3261 §25.1). More digits are cut, leading zeros do not count. */
export function readQ(text: string): number | undefined {
  if (!/^[ \t]*(?:0*(?:\.\d+)?|0*1(?:\.0+)?|0*1)$/.test(text) || text.trim() === '') return undefined;
  const [whole = '', digits = ''] = text.trim().split('.');
  return Number(whole || '0') * 1000 + Number(digits.slice(0, 3).padEnd(3, '0'));
}

/** `0.5`, without zeros at its end; '' where none was told. */
export function printQ(q: number): string {
  if (q < 0) return '';
  return q >= 1000 ? '1' : String(q / 1000);
}
