import { ActionIcon, Menu, Skeleton, UnstyledButton } from '@mantine/core';
import { IconCheck, IconDots, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/locale.ts';
import { Avatar } from '../shell/avatar.tsx';
import { ChannelBadge } from '../shell/channel.badge.tsx';
import { formatPhone } from '../shell/phone-number.ts';
import { formatBrief } from '../time/business-time.ts';
import classes from './chat-list.screen.module.css';
import type { Chat } from './chats.ts';
import { messagesOf } from './chats.ts';
import type { Phone } from './phones.storage.ts';
import type { SimMessage } from './simulator.types.ts';
import { useSimNow } from './use-sim-now.ts';

interface Props {
  phone: Phone;
  chats: Chat[] | null;
  messages: SimMessage[];
  onOpen: (chat: Chat) => void;
  onChange: (patch: Partial<Phone>) => void;
  onRemove: (() => void) | null;
}

export function ChatListScreen({ phone, chats, messages, onOpen, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <header className={classes.header}>
        <div>
          <h2>{t('phone.chats')}</h2>
          <p>{formatPhone(phone.number)}</p>
        </div>
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('phone.settings', { name: phone.name })}>
              <IconDots size={19} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item rightSection={phone.readReceipts ? <IconCheck size={15} /> : null} onClick={() => onChange({ readReceipts: !phone.readReceipts })}>
              {t('phone.readReceipts')}
            </Menu.Item>
            {onRemove && (
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={onRemove}>
                {t('phone.remove')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </header>
      <ul className={classes.list}>
        {chats === null && [0, 1, 2].map((row) => <Skeleton key={row} component="li" height={52} m={10} radius="md" />)}
        {chats?.map((chat) => (
          <li key={chat.key}>
            <ChatRow chat={chat} messages={messagesOf(messages, chat)} onOpen={() => onOpen(chat)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ChatRow({ chat, messages, onOpen }: { chat: Chat; messages: SimMessage[]; onOpen: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useSimNow();
  const last = messages.at(-1);
  const unread = messages.filter(({ direction, status }) => direction !== 'inbound' && status === 'delivered' && chat.channel === 'whatsapp').length;
  return (
    <UnstyledButton className={classes.row} onClick={onOpen}>
      <Avatar name={chat.businessName} seed={chat.businessId} size={42} />
      <span className={classes.words}>
        <span className={classes.name}>
          {chat.businessName}
          <ChannelBadge channel={chat.channel} size={14} />
        </span>
        <span className={classes.preview}>{last ? last.body || t('phone.picture') : formatPhone(chat.businessNumber)}</span>
      </span>
      <span className={classes.side}>
        {last && <span>{formatBrief(last.createdAt, now, { timeZone: chat.timeZone, locale })}</span>}
        {unread > 0 && <span className={classes.unread}>{unread}</span>}
      </span>
    </UnstyledButton>
  );
}
