import { ActionIcon, FileButton, Menu } from '@mantine/core';
import { IconArrowsShuffle, IconCopy, IconMessageOff, IconMessages, IconPhoto, IconPlus, IconSend2, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './chat-composer.module.css';
import { pictureOf } from './picture.ts';
import { sendBurst, sendOutOfOrder, sendTwice } from './send-ways.ts';
import { sendFromPhone } from './simulator.queries.ts';
import type { InboundMessage } from './simulator.types.ts';

interface Props {
  envelope: Omit<InboundMessage, 'body'>;
  language: 'nl' | 'en';
  label: string;
  onSend: (work: () => Promise<unknown>) => void;
}

export function ChatComposer({ envelope, language, label, onSend }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [picture, setPicture] = useState<File | null>(null);

  const take = (): string => {
    setText('');
    return text.trim();
  };
  const submit = () => {
    const body = take();
    if (body === '' && !picture) return;
    setPicture(null);
    onSend(async () => sendFromPhone({ ...envelope, body, ...(picture ? { media: [await pictureOf(picture)] } : {}) }));
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {picture && (
        <p className={classes.picture}>
          <IconPhoto size={14} aria-hidden />
          <span>{picture.name}</span>
          <ActionIcon size={18} variant="subtle" color="gray" aria-label={t('phone.removePicture')} onClick={() => setPicture(null)}>
            <IconX size={12} />
          </ActionIcon>
        </p>
      )}
      <div className={classes.row}>
        <FileButton accept="image/*" onChange={setPicture}>
          {({ onClick }) => (
            <Menu position="top-start" width={260}>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" radius="xl" size={32} aria-label={t('phone.ways.label')}>
                  <IconPlus size={19} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconPhoto size={16} />} onClick={onClick}>
                  {t('phone.ways.picture')}
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item leftSection={<IconMessages size={16} />} onClick={() => onSend(() => sendBurst(envelope, language))}>
                  {t('phone.ways.burst')}
                </Menu.Item>
                <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => onSend(() => sendTwice(envelope, take() || t('phone.ways.twiceText')))}>
                  {t('phone.ways.twice')}
                </Menu.Item>
                <Menu.Item leftSection={<IconArrowsShuffle size={16} />} onClick={() => onSend(() => sendOutOfOrder(envelope, language))}>
                  {t('phone.ways.outOfOrder')}
                </Menu.Item>
                <Menu.Item leftSection={<IconMessageOff size={16} />} onClick={() => onSend(() => sendFromPhone({ ...envelope, body: 'STOP' }))}>
                  {t('phone.ways.stop')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </FileButton>
        <input
          className={classes.input}
          value={text}
          maxLength={1_600}
          autoComplete="off"
          enterKeyHint="send"
          placeholder={t('phone.placeholder')}
          aria-label={label}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" className={classes.send} aria-label={t('phone.send')} disabled={text.trim() === '' && !picture}>
          <IconSend2 size={17} aria-hidden />
        </button>
      </div>
    </form>
  );
}
