import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isBusy, liveStateQuery } from './inbox.queries.ts';
import classes from './live-state.chip.module.css';

/** What the conversation's workflow does at this moment, as it answers itself; opens its history in Temporal. */
export function LiveStateChip({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const state = useQuery(liveStateQuery(conversationId));
  if (state.isPending) return null;

  const doing = state.isError ? 'unreachable' : state.data.running ? state.data.doing : 'closed';
  const tone = state.isError ? 'warn' : state.data.running && isBusy(state.data.doing) ? 'busy' : 'calm';
  const content = (
    <>
      <span className={classes.dot} aria-hidden />
      <span>{t(`inbox.doing.${doing}`)}</span>
    </>
  );
  return (
    <Tooltip label={t(`inbox.doingHint.${doing}`)} multiline maw={260}>
      {state.data?.workflowUrl ? (
        <a className={classes.chip} data-tone={tone} href={state.data.workflowUrl} target="_blank" rel="noreferrer">
          {content}
        </a>
      ) : (
        <span className={classes.chip} data-tone={tone} role="status">
          {content}
        </span>
      )}
    </Tooltip>
  );
}
