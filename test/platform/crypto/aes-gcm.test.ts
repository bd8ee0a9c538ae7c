import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { decrypt, encrypt, framed } from '#platform/crypto/aes-gcm';

const key = randomBytes(32);
const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 200, maxLength: 2_000 }));

test('whatever is encrypted opens again, byte for byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4_000 }), fc.string(), (plain, associated) => {
      expect(decrypt(key, encrypt(key, plain, associated), associated)).toEqual(Buffer.from(plain));
    }),
  );
});

test('when any byte is changed, nothing opens', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, position, change) => {
      const sealed = encrypt(key, plain, 'here');
      const at = position % sealed.length;
      sealed[at] = (sealed[at] ?? 0) ^ change;
      expect(decrypt(key, sealed, 'here')).toBeUndefined();
    }),
  );
});

test('when it is cut short, nothing opens', () => {
  const sealed = encrypt(key, Buffer.from('Ik zoek een Golf'), 'here');
  for (let length = 0; length < sealed.length; length += 1) expect(decrypt(key, sealed.subarray(0, length), 'here')).toBeUndefined();
});

test('under another key, or with other associated data, nothing opens', () => {
  fc.assert(
    fc.property(texts, fc.string(), fc.string(), (plain, here, there) => {
      fc.pre(here !== there);
      const sealed = encrypt(key, Buffer.from(plain), here);
      expect(decrypt(key, sealed, there)).toBeUndefined();
      expect(decrypt(randomBytes(32), sealed, here)).toBeUndefined();
    }),
  );
});

test('the same text never looks the same twice, and never shows through', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), (plain) => {
      const [first, second] = [encrypt(key, Buffer.from(plain), ''), encrypt(key, Buffer.from(plain), '')];
      expect(first.equals(second)).toBe(false);
      expect(first.includes(Buffer.from(plain))).toBe(false);
    }),
  );
});

test('two different lists of parts never frame to the same string', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (one, other) => {
      expect(framed(...one) === framed(...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
  expect(framed('a', 'b')).not.toBe(framed('ab'));
  expect(framed('a","b')).not.toBe(framed('a', 'b'));
});
