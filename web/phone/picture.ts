const LONGEST_SIDE_PX = 1_024;
const QUALITY = 0.8;

/** A chosen picture made small enough to send, as JPEG in base64. */
export async function pictureOf(file: File): Promise<{ contentType: string; base64: string }> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return { contentType: blob.type, base64: base64Of(new Uint8Array(await blob.arrayBuffer())) };
}

const CHUNK = 8_192;

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  return btoa(binary);
}
