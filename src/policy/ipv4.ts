/** The four bytes of a dotted address, as Go reads it: decimal parts without leading zeros. undefined where that fails. */
export function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  const bytes = parts.map(Number);
  const isByte = (byte: number, index: number): boolean => 0 <= byte && byte <= 255 && String(byte) === parts[index];
  return bytes.length === 4 && bytes.every(isByte) ? bytes : undefined;
}
