import { IconArrowRight, IconFlask } from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './test-mode-banner.module.css';

export function TestModeBanner() {
  const { t } = useTranslation();
  const isOnPhones = useRouterState({ select: (state) => state.location.pathname.startsWith('/phone') });
  return (
    <aside className={classes.banner} aria-label={t('shell.testMode.title')}>
      <IconFlask size={15} stroke={2} aria-hidden />
      <strong>{t('shell.testMode.title')}</strong>
      <span className={classes.text}>{t('shell.testMode.text')}</span>
      {!isOnPhones && (
        <Link to="/phone" className={classes.action}>
          {t('shell.testMode.action')}
          <IconArrowRight size={14} aria-hidden />
        </Link>
      )}
    </aside>
  );
}
