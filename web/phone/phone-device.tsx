import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/locale.ts';
import { formatClock } from '../time/business-time.ts';
import { ChatScreen } from './chat.screen.tsx';
import { ChatListScreen } from './chat-list.screen.tsx';
import type { Chat } from './chats.ts';
import { addressOn, messagesOf } from './chats.ts';
import classes from './phone-device.module.css';
import type { Phone } from './phones.storage.ts';
import { threadQuery } from './simulator.queries.ts';
import { useSimNow } from './use-sim-now.ts';

interface Props {
  phone: Phone;
  /** null while the businesses are being fetched. */
  chats: Chat[] | null;
  onChange: (patch: Partial<Phone>) => void;
  onRemove: (() => void) | null;
}

/** One phone on the table: its own number, its own chats. */
export function PhoneDevice({ phone, chats, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useSimNow();
  const whatsapp = useQuery(threadQuery(addressOn('whatsapp', phone.number)));
  const sms = useQuery(threadQuery(addressOn('sms', phone.number)));
  const all = [...(whatsapp.data?.messages ?? []), ...(sms.data?.messages ?? [])];
  const open = phone.openChat === undefined ? firstChatOf(phone, chats ?? []) : chats?.find(({ key }) => key === phone.openChat);
  const timeZone = open?.timeZone ?? chats?.[0]?.timeZone ?? 'UTC';
  return (
    <section className={classes.device} data-number={phone.number} aria-label={t('phone.deviceLabel', { name: phone.name })}>
      <div className={classes.statusBar} aria-hidden>
        <span>{formatClock(now, { timeZone, locale })}</span>
        <span className={classes.island} />
        <span className={classes.owner}>{phone.name}</span>
      </div>
      <div className={classes.screen}>
        {open ? (
          <ChatScreen key={open.key} phone={phone} chat={open} messages={messagesOf(all, open)} onBack={() => onChange({ openChat: null })} />
        ) : (
          <ChatListScreen
            phone={phone}
            chats={chats}
            messages={all}
            onOpen={(chat) => onChange({ openChat: chat.key })}
            onChange={onChange}
            onRemove={onRemove}
          />
        )}
      </div>
    </section>
  );
}

/** A phone nobody touched yet shows a business that speaks its country's language. */
function firstChatOf({ number }: Phone, chats: Chat[]): Chat | undefined {
  const language = number.startsWith('+31') || number.startsWith('+32') ? 'nl' : 'en';
  return chats.find(({ locale }) => locale.startsWith(language)) ?? chats[0];
}
