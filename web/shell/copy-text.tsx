import { CopyButton, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './copy-text.module.css';

/** `isCode`: something a machine reads (a command, an id), set in its own type. */
export function CopyText({ text, shown = text, isCode = false }: { text: string; shown?: string; isCode?: boolean }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text} timeout={1_500}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? 'shell.copied' : 'shell.copy')} openDelay={300}>
          <UnstyledButton className={classes.copy} onClick={copy} aria-label={`${t('shell.copy')}: ${shown}`}>
            {isCode ? <code>{shown}</code> : <span>{shown}</span>}
            {copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
