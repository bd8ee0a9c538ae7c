import { Button, Kbd } from '@mantine/core';
import { IconSparkles, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationOwner } from '../api/api.types.ts';
import { useProblemText } from '../shell/problem.tsx';
import type { useSetOwner } from './inbox.mutations.ts';
import classes from './owner-strip.module.css';

interface Props {
  owner: ConversationOwner;
  isMine: boolean;
  setOwner: ReturnType<typeof useSetOwner>;
}

/** Says in one line who answers this customer, with the one button that changes it. */
export function OwnerStrip({ owner, isMine, setOwner }: Props) {
  const { t } = useTranslation();
  const problem = useProblemText(setOwner.error);
  const Icon = owner.type === 'assistant' ? IconSparkles : IconUser;
  const whoAnswers = owner.type === 'assistant' ? t('inbox.owner.assistantAnswers') : isMine ? t('inbox.owner.youAnswer') : t('inbox.owner.memberAnswers', { name: owner.name });
  const hint = owner.type === 'assistant' ? t('inbox.owner.assistantHint') : t('inbox.owner.memberHint');
  return (
    <div className={classes.strip} data-owner={owner.type === 'assistant' ? 'assistant' : isMine ? 'me' : 'other'}>
      <Icon size={16} stroke={1.8} aria-hidden className={classes.icon} />
      <p aria-live="polite">
        <strong>{whoAnswers}</strong> <span className={classes.hint}>{setOwner.isError ? problem : hint}</span>
      </p>
      <Button
        size="compact-sm"
        variant={isMine ? 'default' : 'filled'}
        loading={setOwner.isPending}
        rightSection={<Kbd className={classes.key} aria-hidden>T</Kbd>}
        onClick={() => setOwner.mutate(isMine ? 'assistant' : 'me')}
      >
        {t(isMine ? 'inbox.owner.handBack' : 'inbox.owner.takeOver')}
      </Button>
    </div>
  );
}
