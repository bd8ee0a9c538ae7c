import { channelOf } from './addresses.ts';

const GSM_BASIC = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const GSM_EXTENDED = new Set('\f^{}\\[~]|€');

/** What Twilio counts a message as: WhatsApp has no parts. */
export function segmentsOn(address: string, text: string): number {
  return channelOf(address) === 'whatsapp' ? 1 : countSegments(text);
}

/** How many SMS parts a text takes: GSM-7 160 (153 when split), otherwise UCS-2 70 (67). An empty text is one part. */
export function countSegments(text: string): number {
  const septets = gsmSeptets(text);
  if (septets !== undefined) return parts(septets, 160, 153);
  return parts(text.length, 70, 67);
}

function gsmSeptets(text: string): number | undefined {
  let septets = 0;
  for (const character of text) {
    if (GSM_BASIC.has(character)) septets += 1;
    else if (GSM_EXTENDED.has(character)) septets += 2;
    else return undefined;
  }
  return septets;
}

function parts(units: number, single: number, split: number): number {
  return units <= single ? 1 : Math.ceil(units / split);
}
