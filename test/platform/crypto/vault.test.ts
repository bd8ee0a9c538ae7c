import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { BusinessId, CustomerId } from '#domain/ids';
import { systemClock } from '#platform/clock';
import { createKeyRing } from '#platform/crypto/key-ring';
import type { SealedPlace } from '#platform/crypto/vault';
import { createVault, ERASED } from '#platform/crypto/vault';
import { memoryKeyStore } from './memory-key-store.ts';

const store = memoryKeyStore();
const keys = createKeyRing({ envelope: randomBytes(32), store, clock: systemClock });
const vault = createVault(keys);

const linden = 'biz_linden' as BusinessId;
const ada = 'cus_ada' as CustomerId;
const place = (more: Partial<SealedPlace> = {}): SealedPlace => ({
  businessId: linden,
  customerId: ada,
  collection: 'messages',
  id: 'SM1',
  field: 'content',
  ...more,
});

test('what is sealed opens in its place, for a customer and for a business', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.boolean(), async (text, ofCustomer) => {
      const at = ofCustomer ? place() : place({ customerId: undefined });
      expect(await vault.open(await vault.seal(text, at), at)).toBe(text);
    }),
  );
});

test('nothing of the text shows in what is sealed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 6, unit: 'grapheme-ascii' }), async (text) => {
      const sealed = await vault.seal(text, place());
      expect(sealed).not.toContain(text);
      expect(Buffer.from(sealed.slice(sealed.lastIndexOf('.') + 1), 'base64url').includes(text)).toBe(false);
    }),
  );
});

test.each([
  ['business', { businessId: 'biz_eiken' as BusinessId }],
  ['collection', { collection: 'turns' }],
  ['document', { id: 'SM2' }],
  ['field', { field: 'metadata' }],
])('a value copied to another %s does not open', async (_what, elsewhere) => {
  const sealed = await vault.seal('Ada de Vries', place());
  await keys.customerKey('biz_eiken' as BusinessId, ada);
  await expect(vault.open(sealed, place(elsewhere))).rejects.toMatchObject({ code: 'vault.unreadable' });
});

test('when any character is changed, it does not open', async () => {
  const sealed = await vault.seal('Ada de Vries', place());
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: sealed.length - 2 }), fc.constantFrom('A', 'z', '0', '.', ' ', 'é'), async (position, letter) => {
      const changed = sealed.slice(0, position) + letter + sealed.slice(position + 1);
      fc.pre(changed !== sealed);
      const opened = vault.open(changed, place());
      // Naming a customer without a key reads as erased; anything else is refused. Never a text.
      await expect(opened.catch((error: { code: string }) => error.code)).resolves.toMatch(/^(\[erased\]|vault\.unreadable)$/);
    }),
  );
});

test('text that was never sealed does not pass for sealed text', async () => {
  await expect(vault.open('Ada de Vries', place())).rejects.toMatchObject({ code: 'vault.unreadable' });
});

test('the refusal says nothing of the text', async () => {
  await expect(vault.open('Ada de Vries +31612345678', place())).rejects.toThrow(/^(?!.*(Ada|\+31)).*$/);
});

test('a value stays readable when its row is given to another customer, for it names the key it was sealed with', async () => {
  const sealed = await vault.seal('Ik zoek een Golf', place());
  expect(await vault.open(sealed, place({ customerId: 'cus_bob' as CustomerId }))).toBe('Ik zoek een Golf');
});

test('when the customer is erased, everything of theirs reads as erased and nothing of others does', async () => {
  const eve = 'cus_eve' as CustomerId;
  const [hers, his, ours] = await Promise.all([
    vault.seal('van Eve', place({ customerId: eve })),
    vault.seal('van Ada', place()),
    vault.seal('van ons', place({ customerId: undefined })),
  ]);
  await keys.forget({ businessId: linden, customerId: eve });
  expect(await vault.open(hers, place({ customerId: eve }))).toBe(ERASED);
  expect(await vault.open(his, place())).toBe('van Ada');
  expect(await vault.open(ours, place({ customerId: undefined }))).toBe('van ons');
});

test('a blind index loads the keys it needs by itself', async () => {
  const fresh = createVault(createKeyRing({ envelope: randomBytes(32), store: memoryKeyStore(), clock: systemClock }));
  const value = await fresh.blindIndex(linden, 'email', 'ada@example.nl');
  expect(value).toMatch(/^[\w-]{22}$/);
  expect(await fresh.blindIndex(linden, 'email', 'ada@example.nl')).toBe(value);
});
