import { IconBrandWhatsapp, IconMessage, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#domain/channel';
import classes from './channel.badge.module.css';

const ICONS = { whatsapp: IconBrandWhatsapp, sms: IconMessage, web: IconWorld };

export function ChannelBadge({ channel, size = 12 }: { channel: Channel; size?: number }) {
  const { t } = useTranslation();
  const Icon = ICONS[channel];
  return (
    <span className={classes.badge} data-channel={channel} role="img" aria-label={t(`inbox.channel.${channel}`)} title={t(`inbox.channel.${channel}`)}>
      <Icon size={size} stroke={2} aria-hidden />
    </span>
  );
}
