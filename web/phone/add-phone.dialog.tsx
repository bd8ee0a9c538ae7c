import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './add-phone.dialog.module.css';
import type { Phone } from './phones.storage.ts';
import { e164Of } from './phones.storage.ts';

interface Props {
  opened: boolean;
  /** Numbers that have a phone already. */
  taken: readonly string[];
  onClose: () => void;
  onAdd: (phone: Omit<Phone, 'id' | 'readReceipts'>) => void;
}

export function AddPhoneDialog({ opened, taken, onClose, onAdd }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('phone.add.title')} centered size="sm" closeButtonProps={{ 'aria-label': t('shell.help.close') }}>
      <AddPhoneForm taken={taken} onClose={onClose} onAdd={onAdd} />
    </Modal>
  );
}

function AddPhoneForm({ taken, onClose, onAdd }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState(() => freeNumber(taken));
  const [tried, setTried] = useState(false);
  const number = e164Of(typed);
  const problem = number === null ? t('phone.add.notANumber') : taken.includes(number) ? t('phone.add.taken') : null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (number === null || problem) return;
        onAdd({ name: name.trim() || number, number });
        onClose();
      }}
    >
      <TextInput label={t('phone.add.name')} value={name} maxLength={60} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <TextInput
        label={t('phone.add.number')}
        value={typed}
        inputMode="tel"
        error={tried ? problem : null}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit">{t('phone.add.confirm')}</Button>
    </form>
  );
}

const FIRST_FREE = 612_000_001;

function freeNumber(taken: readonly string[]): string {
  let next = FIRST_FREE;
  while (taken.includes(`+31${next}`)) next += 1;
  return `+31${next}`;
}
