/** `+31612345678` → `+31 6 12345678`: for reading only; numbers are stored and compared as E.164. */
export function formatPhone(e164: string): string {
  const [, dutchMobile] = /^\+316(\d{8})$/.exec(e164) ?? [];
  if (dutchMobile) return `+31 6 ${dutchMobile.slice(0, 4)} ${dutchMobile.slice(4)}`;
  const [, country, rest] = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d{5,})$/.exec(e164) ?? [];
  if (!country || !rest) return e164;
  return `+${country} ${rest.replace(/(\d{2,4}?)(?=(?:\d{3})+$|(?:\d{4})$)/, '$1 ').trim()}`;
}
