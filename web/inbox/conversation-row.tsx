import { IconAlertCircleFilled, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../api/api.types.ts';
import { Avatar } from '../shell/avatar.tsx';
import { ChannelBadge } from '../shell/channel.badge.tsx';
import { Moment } from '../time/moment.tsx';
import { useAttentionText } from './attention.ts';
import { activityAt } from './conversation.cache.ts';
import classes from './conversation-row.module.css';
import { useCustomerName } from './customer-name.ts';
import type { InboxSearch } from './inbox.search.ts';
import { useOwnerWords } from './owner.words.ts';

export function ConversationRow({ conversation, search, isOpen }: { conversation: ConversationSummary; search: InboxSearch; isOpen: boolean }) {
  const { t } = useTranslation();
  const name = useCustomerName()(conversation.customer);
  const attention = useAttentionText()(conversation.attention);
  const { id, channel, lastMessage, unreadCount, owner } = conversation;
  const at = activityAt(conversation);
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: id }}
      search={search}
      className={classes.row}
      data-conversation={id}
      data-open={isOpen || undefined}
      data-unread={unreadCount > 0 || undefined}
      aria-current={isOpen ? 'true' : undefined}
    >
      <span className={classes.face}>
        <Avatar name={name} seed={conversation.customer.id} size={38} />
        <span className={classes.channel}>
          <ChannelBadge channel={channel} />
        </span>
      </span>
      <span className={classes.words}>
        <span className={classes.top}>
          <span className={classes.name}>{name}</span>
          {at && (
            <span className={classes.time}>
              <Moment at={at} />
            </span>
          )}
        </span>
        <span className={classes.bottom}>
          <span className={classes.preview}>
            {lastMessage && lastMessage.role !== 'customer' && <span className={classes.by}>{t(`inbox.by.${lastMessage.role}`)} </span>}
            {lastMessage?.text || t('inbox.noText')}
          </span>
          {attention && <IconAlertCircleFilled size={16} className={classes.attention} role="img" aria-label={attention} title={attention} />}
          <OwnerMark owner={owner} />
          {unreadCount > 0 && (
            <span className={classes.unread} aria-label={t('inbox.unreadCount', { count: unreadCount })} role="img">
              {unreadCount > 99 ? '99+' : unreadCount}
            </span>
          )}
        </span>
      </span>
    </Link>
  );
}

function OwnerMark({ owner }: { owner: ConversationSummary['owner'] }) {
  const { answering, words } = useOwnerWords(owner);
  // Nobody answering is what the attention mark beside it says already.
  if (answering === 'assistant' || answering === 'nobody') return null;
  return (
    <span className={classes.owner} role="img" aria-label={words} title={words}>
      <IconUser size={12} stroke={2.2} aria-hidden />
    </span>
  );
}
