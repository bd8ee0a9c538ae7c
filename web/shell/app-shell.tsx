import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/me.query.ts';
import classes from './app-shell.module.css';
import { HelpDialog } from './help.dialog.tsx';
import { useShortcuts } from './shortcuts.ts';
import { SideRail } from './side-rail.tsx';
import { TestModeBanner } from './test-mode-banner.tsx';

/** The frame around every staff page: rail on the left (at the bottom on a phone), test-mode strip on top. */
export function AppShell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const me = useMe();
  const [helpOpened, help] = useDisclosure(false);
  useShortcuts({ '?': help.open });
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('shell.skipToContent')}
      </a>
      <SideRail me={me.data ?? null} onHelp={help.open} />
      <div className={classes.column}>
        {me.data?.testMode && <TestModeBanner />}
        <main id="content" className={classes.content} tabIndex={-1}>
          {children}
        </main>
      </div>
      <HelpDialog opened={helpOpened} onClose={help.close} />
    </div>
  );
}
