import { Button, Kbd } from '@mantine/core';
import { IconSparkles, IconUser, IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationOwner } from '../api/api.types.ts';
import { useProblemText } from '../shell/problem.tsx';
import type { useSetOwner } from './inbox.mutations.ts';
import { useOwnerWords } from './owner.words.ts';
import classes from './owner-strip.module.css';

const ICONS = { assistant: IconSparkles, me: IconUser, colleague: IconUser, nobody: IconUserQuestion } as const;

/** Says in one line who answers this customer, with what changes it. */
export function OwnerStrip({ owner, setOwner }: { owner: ConversationOwner; setOwner: ReturnType<typeof useSetOwner> }) {
  const { t } = useTranslation();
  const problem = useProblemText(setOwner.error);
  const { answering, words, hint } = useOwnerWords(owner);
  const Icon = ICONS[answering];
  const change = (to: 'me' | 'assistant', isMain: boolean) => (
    <Button
      size="compact-sm"
      variant={to === 'me' ? 'filled' : 'default'}
      loading={setOwner.isPending && setOwner.variables === to}
      rightSection={
        isMain ? (
          <Kbd className={classes.key} aria-hidden>
            T
          </Kbd>
        ) : undefined
      }
      onClick={() => setOwner.mutate(to)}
    >
      {t(to === 'me' ? 'inbox.owner.takeOver' : 'inbox.owner.handBack')}
    </Button>
  );
  return (
    <div className={classes.strip} data-owner={answering}>
      <Icon size={16} stroke={1.8} aria-hidden className={classes.icon} />
      <p aria-live="polite">
        <strong>{words}</strong> <span className={classes.hint}>{setOwner.isError ? problem : hint}</span>
      </p>
      {(answering === 'me' || answering === 'nobody') && change('assistant', answering === 'me')}
      {answering !== 'me' && change('me', true)}
    </div>
  );
}
