import { Code, Drawer, Progress, Skeleton } from '@mantine/core';
import { skipToken, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, TurnExplanation } from '../api/api.types.ts';
import { useLocale } from '../i18n/locale.ts';
import { Problem } from '../shell/problem.tsx';
import { turnQuery } from './inbox.queries.ts';
import { isKnownIntent } from './intents.ts';
import classes from './why-drawer.module.css';

interface Props {
  conversationId: string;
  turnId: string | null;
  thread: Message[];
  onClose: () => void;
}

/** Why a reply reads as it does: what the assistant understood, looked up and used, and how long it took. */
export function WhyDrawer({ conversationId, turnId, thread, onClose }: Props) {
  const { t } = useTranslation();
  const query = turnQuery(conversationId, turnId ?? '');
  const turn = useQuery({ ...query, queryFn: turnId === null ? skipToken : query.queryFn });
  return (
    <Drawer
      opened={turnId !== null}
      onClose={onClose}
      position="right"
      size={440}
      title={t('inbox.why.title')}
      closeButtonProps={{ 'aria-label': t('shell.help.close') }}
    >
      {turn.isPending && <Skeleton height={240} />}
      {turn.isError && <Problem error={turn.error} onRetry={() => void turn.refetch()} />}
      {turn.data && <Explanation turn={turn.data} asked={thread.filter(({ id }) => turn.data.messageIds.includes(id))} />}
    </Drawer>
  );
}

const SURE = 0.75;
const DOUBTFUL = 0.5;

function Explanation({ turn: { reply, trace }, asked }: { turn: TurnExplanation; asked: Message[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options).format(value);
  const word = reply.confidence >= SURE ? 'sure' : reply.confidence >= DOUBTFUL ? 'doubtful' : 'unsure';
  return (
    <div className={classes.why}>
      <Part title={t('inbox.why.asked', { count: asked.length })}>
        {asked.map(({ id, text }) => (
          <blockquote key={id}>{text}</blockquote>
        ))}
      </Part>
      <Part title={t('inbox.why.understood')}>
        <p className={classes.intent}>{isKnownIntent(reply.intent) ? t(`inbox.intent.${reply.intent}`) : reply.intent.replaceAll(/[._]/g, ' ')}</p>
        <Progress
          value={reply.confidence * 100}
          color={word === 'sure' ? 'green' : word === 'doubtful' ? 'yellow' : 'red'}
          size="sm"
          aria-label={t('inbox.why.confidence')}
        />
        <p className={classes.dim}>
          {t(`inbox.why.${word}`)} · {number(reply.confidence, { style: 'percent' })}
        </p>
      </Part>
      {trace.fallbackReason && (
        <Part title={t('inbox.why.fallback')}>
          <p>{trace.fallbackReason}</p>
        </Part>
      )}
      <Part title={t('inbox.why.lookedUp')}>
        {trace.tools.length === 0 && <p className={classes.dim}>{t('inbox.why.nothingLookedUp')}</p>}
        {trace.tools.map((tool) => (
          <details key={`${tool.name} ${JSON.stringify(tool.input)}`} className={classes.tool}>
            <summary>
              <code>{tool.name}</code>
              <span className={classes.dim}>{t('inbox.why.ms', { ms: number(tool.ms) })}</span>
            </summary>
            <Code block>{JSON.stringify({ input: tool.input, output: tool.output }, null, 2)}</Code>
          </details>
        ))}
      </Part>
      {trace.sources.length > 0 && (
        <Part title={t('inbox.why.sources')}>
          <ul className={classes.sources}>
            {trace.sources.map((source) => (
              <li key={`${source.kind} ${source.id}`}>
                {source.title} <span className={classes.dim}>{source.kind}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t('inbox.why.by')}>
        <p>
          {t(`inbox.why.assistant.${trace.assistant}`)}
          {trace.model && ` · ${trace.model}`} · {t('inbox.why.ms', { ms: number(trace.ms) })}
        </p>
        {trace.tokens && <p className={classes.dim}>{t('inbox.why.tokens', { input: number(trace.tokens.input), output: number(trace.tokens.output) })}</p>}
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
