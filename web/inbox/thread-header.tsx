import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconInfoCircle } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '../api/api.types.ts';
import { Avatar } from '../shell/avatar.tsx';
import { ChannelBadge } from '../shell/channel.badge.tsx';
import { formatPhone } from '../shell/phone-number.ts';
import { useCustomerName } from './customer-name.ts';
import { LiveStateChip } from './live-state.chip.tsx';
import classes from './thread-header.module.css';

interface Props {
  conversation: ConversationDetail | null;
  onDetails: () => void;
  /** The details stand beside the thread already. */
  showsDetails: boolean;
}

export function ThreadHeader({ conversation, onDetails, showsDetails }: Props) {
  const { t } = useTranslation();
  const search = useSearch({ from: '/staff/inbox' });
  const nameOf = useCustomerName();
  return (
    <header className={classes.header}>
      <Link to="/inbox" search={search} className={classes.back} aria-label={t('inbox.back')}>
        <IconArrowLeft size={20} aria-hidden />
      </Link>
      {conversation ? <Avatar name={nameOf(conversation.customer)} seed={conversation.customer.id} size={34} /> : <Skeleton circle height={34} />}
      <div className={classes.who}>
        {conversation ? <h2>{nameOf(conversation.customer)}</h2> : <Skeleton height={12} width={140} />}
        {conversation && (
          <p>
            <ChannelBadge channel={conversation.channel} size={14} />
            <span>{t(`inbox.channel.${conversation.channel}`)}</span>
            {conversation.channel !== 'web' && <span className={classes.number}>· {formatPhone(conversation.businessNumber)}</span>}
          </p>
        )}
      </div>
      {conversation && <LiveStateChip conversationId={conversation.id} />}
      {!showsDetails && (
        <Tooltip label={t('inbox.details.title')}>
          <ActionIcon variant="subtle" color="gray" size={34} onClick={onDetails} aria-label={t('inbox.details.title')}>
            <IconInfoCircle size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
    </header>
  );
}
