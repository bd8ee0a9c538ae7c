import { Button } from '@mantine/core';
import { IconDeviceMobileMessage, IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '../api/api.types.ts';
import { LANGUAGE_NAMES } from '../i18n/language.ts';
import { useMe } from '../session/me.query.ts';
import { Avatar } from '../shell/avatar.tsx';
import { CopyText } from '../shell/copy-text.tsx';
import { formatPhone } from '../shell/phone-number.ts';
import { formatAbsolute, formatAgo } from '../time/business-time.ts';
import { useBusinessTime, useNow } from '../time/clock.ts';
import { useAttentionText } from './attention.ts';
import { useCustomerName } from './customer-name.ts';
import classes from './details-panel.module.css';
import { ResetContext } from './reset-context.tsx';

/** Who the customer is, how the conversation stands, and the ways out of here: Temporal, the phones, a fresh start. */
export function DetailsPanel({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const time = useBusinessTime();
  const now = useNow();
  const name = useCustomerName()(conversation.customer);
  const attention = useAttentionText()(conversation.attention);
  const { customer, channel, businessNumber, language, lastInboundAt, contextFrom, workflow, status } = conversation;
  return (
    <div className={classes.panel}>
      <div className={classes.face}>
        <Avatar name={name} seed={customer.id} size={56} />
        <h2>{name}</h2>
      </div>
      {attention && conversation.attention && (
        <p className={classes.attention}>
          <strong>{attention}</strong> {formatAgo(conversation.attention.since, now, time)}
        </p>
      )}
      <Section title={t('inbox.details.customer')}>
        {customer.phone && (
          <Fact label={t('inbox.details.phone')}>
            <CopyText text={customer.phone} shown={formatPhone(customer.phone)} />
          </Fact>
        )}
        {customer.email && (
          <Fact label={t('inbox.details.email')}>
            <CopyText text={customer.email} />
          </Fact>
        )}
        <Fact label={t('inbox.details.language')}>{language ? LANGUAGE_NAMES[language] : t('inbox.details.unknown')}</Fact>
      </Section>
      <Section title={t('inbox.details.conversation')}>
        <Fact label={t('inbox.details.channel')}>{t(`inbox.channel.${channel}`)}</Fact>
        {channel !== 'web' && <Fact label={t('inbox.details.ourNumber')}>{formatPhone(businessNumber)}</Fact>}
        <Fact label={t('inbox.details.status')}>{status === 'open' || status === 'closed' ? t(`inbox.filter.status.${status}`) : status}</Fact>
        {lastInboundAt && <Fact label={t('inbox.details.lastInbound')}>{formatAbsolute(lastInboundAt, time)}</Fact>}
        {contextFrom && <Fact label={t('inbox.details.contextFrom')}>{formatAbsolute(contextFrom, time)}</Fact>}
      </Section>
      <Section title={t('inbox.details.underneath')}>
        <Fact label={t('inbox.details.workflow')}>
          <CopyText isCode text={workflow.id} />
        </Fact>
        <div className={classes.actions}>
          {workflow.url && (
            <Button
              component="a"
              href={workflow.url}
              target="_blank"
              rel="noreferrer"
              variant="default"
              size="xs"
              justify="flex-start"
              leftSection={<IconExternalLink size={15} />}
            >
              {t('inbox.details.openTemporal')}
            </Button>
          )}
          {me.data?.testMode && channel !== 'web' && customer.phone && (
            <Button
              variant="default"
              size="xs"
              justify="flex-start"
              leftSection={<IconDeviceMobileMessage size={15} />}
              renderRoot={(props) => <Link to="/phone" search={{ phone: customer.phone ?? undefined }} {...props} />}
            >
              {t('inbox.details.openPhone')}
            </Button>
          )}
          <ResetContext conversationId={conversation.id} />
        </div>
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </dl>
  );
}
