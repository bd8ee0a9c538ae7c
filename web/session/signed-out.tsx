import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../shell/copy-text.tsx';
import { Notice } from '../shell/notice.tsx';

export function SignedOut() {
  const { t } = useTranslation();
  return (
    <Notice title={t('shell.signedOut.title')} text={t('shell.signedOut.text')}>
      <CopyText isCode text={t('shell.signedOut.command')} />
      <Button variant="default" renderRoot={(props) => <Link to="/phone" {...props} />}>
        {t('shell.signedOut.phones')}
      </Button>
    </Notice>
  );
}
