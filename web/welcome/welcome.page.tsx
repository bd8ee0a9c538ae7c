import { Anchor, Loader } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isTransient } from '../api/api-error.ts';
import { post } from '../api/http.client.ts';
import { meQuery } from '../session/me.query.ts';
import { CopyText } from '../shell/copy-text.tsx';
import { useDocumentTitle } from '../shell/document-title.ts';
import { Notice } from '../shell/notice.tsx';
import { Problem } from '../shell/problem.tsx';

/** Redeems a one-time sign-in link. The token leaves the address bar before anything else can see it. */
export function WelcomePage() {
  const { t } = useTranslation();
  useDocumentTitle(t('shell.product'));
  const { t: token } = useSearch({ from: '/welcome' });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const started = useRef(false);
  const redeem = useMutation({
    mutationFn: (link: string) => post('/api/sign-in/redeem', { token: link }),
    onSuccess: async () => {
      await queryClient.resetQueries({ queryKey: meQuery.queryKey });
      await navigate({ to: '/inbox', replace: true });
    },
  });

  const { mutate } = redeem;
  useEffect(() => {
    if (!token || started.current) return;
    started.current = true;
    window.history.replaceState(window.history.state, '', '/welcome');
    mutate(token);
  }, [token, mutate]);

  if (redeem.isError && isTransient(redeem.error)) {
    return (
      <Notice title={t('shell.product')}>
        <Problem error={redeem.error} onRetry={() => redeem.mutate(redeem.variables)} />
      </Notice>
    );
  }
  if (redeem.isError) {
    return (
      <Notice title={t('shell.welcome.expiredTitle')} text={t('shell.welcome.expiredText')}>
        <CopyText isCode text={t('shell.signedOut.command')} />
        <Anchor renderRoot={(props) => <Link to="/inbox" {...props} />}>{t('shell.welcome.alreadySignedIn')}</Anchor>
      </Notice>
    );
  }
  if (!token && redeem.isIdle) return <Notice title={t('shell.welcome.missingTitle')} text={t('shell.welcome.missingText')} />;
  return (
    <Notice title={t('shell.welcome.working')}>
      <Loader size="sm" />
    </Notice>
  );
}
