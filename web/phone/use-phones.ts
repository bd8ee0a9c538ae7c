import { useLocalStorage } from '@mantine/hooks';
import type { Phone } from './phones.storage.ts';
import { FIRST_PHONES, phonesFrom } from './phones.storage.ts';

/** The phones on this browser's table, kept across reloads. */
export function usePhones() {
  const [phones, setPhones] = useLocalStorage<Phone[]>({
    key: 'switchboard.phones',
    defaultValue: [...FIRST_PHONES],
    getInitialValueInEffect: false,
    deserialize: phonesFrom,
  });
  return {
    phones,
    add: (phone: Omit<Phone, 'id' | 'readReceipts'>) => setPhones((before) => [...before, { ...phone, id: crypto.randomUUID(), readReceipts: true }]),
    change: (id: string, patch: Partial<Phone>) => setPhones((before) => before.map((phone) => (phone.id === id ? { ...phone, ...patch } : phone))),
    remove: (id: string) => setPhones((before) => before.filter((phone) => phone.id !== id)),
  };
}
