const TONES = 6;

export function toneOf(seed: string): number {
  let sum = 0;
  for (const character of seed) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % TONES;
}

/** `Ada de Vries` → `AV`; a phone number → its last two digits. */
export function initialsOf(name: string): string {
  const digits = name.replaceAll(/\D/g, '');
  if (/^[+\d\s()-]+$/.test(name) && digits.length > 1) return digits.slice(-2);
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.charAt(0) ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '';
  return (first + last).toUpperCase();
}
