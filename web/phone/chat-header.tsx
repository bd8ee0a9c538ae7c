import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconInbox, IconTimelineEvent } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/me.query.ts';
import { Avatar } from '../shell/avatar.tsx';
import { ChannelBadge } from '../shell/channel.badge.tsx';
import { formatPhone } from '../shell/phone-number.ts';
import classes from './chat-header.module.css';
import type { Chat } from './chats.ts';
import type { Phone } from './phones.storage.ts';
import { conversationOfQuery } from './simulator.queries.ts';

/** Who the phone talks to, and the doors to the same conversation in the inbox and in Temporal. */
export function ChatHeader({ phone, chat, messageCount, onBack }: { phone: Phone; chat: Chat; messageCount: number; onBack: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const isOurs = me.data?.business.id === chat.businessId;
  const found = useQuery({
    ...conversationOfQuery({ customer: phone.number, channel: chat.channel, businessNumber: chat.businessNumber }),
    enabled: isOurs && messageCount > 0,
  });
  const { data: conversation, refetch } = found;
  useEffect(() => {
    if (isOurs && messageCount > 0 && conversation === null) void refetch();
  }, [isOurs, messageCount, conversation, refetch]);
  return (
    <header className={classes.header}>
      <ActionIcon variant="transparent" color="gray" size={30} onClick={onBack} aria-label={t('phone.back')}>
        <IconChevronLeft size={22} />
      </ActionIcon>
      <Avatar name={chat.businessName} seed={chat.businessId} size={32} />
      <div className={classes.who}>
        <h2>{chat.businessName}</h2>
        <p>
          <ChannelBadge channel={chat.channel} size={13} />
          {formatPhone(chat.businessNumber)}
        </p>
      </div>
      {conversation && (
        <Tooltip label={t('phone.openInbox')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={t('phone.openInbox')}
            renderRoot={(props) => <Link to="/inbox/$conversationId" params={{ conversationId: conversation.id }} {...props} />}
          >
            <IconInbox size={17} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      )}
      {conversation?.workflow.url && (
        <Tooltip label={t('phone.openTemporal')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={t('phone.openTemporal')}
            component="a"
            href={conversation.workflow.url}
            target="_blank"
            rel="noreferrer"
          >
            <IconTimelineEvent size={17} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      )}
    </header>
  );
}
