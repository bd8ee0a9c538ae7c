import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Notice } from './notice.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Notice title={t('shell.error.notFound')}>
      <Button renderRoot={(props) => <Link to="/inbox" {...props} />}>{t('shell.error.goToInbox')}</Button>
    </Notice>
  );
}

export function CrashPage() {
  const { t } = useTranslation();
  return (
    <Notice title={t('shell.error.crashed')}>
      <Button onClick={() => window.location.reload()}>{t('shell.error.reload')}</Button>
    </Notice>
  );
}
