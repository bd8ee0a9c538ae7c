import { ActionIcon, Menu, Tooltip, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDeviceMobileMessage, IconInbox, IconKeyboard, IconLanguage, IconLogout, IconMessageCircle, IconMoon, IconSun } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '../api/api.types.ts';
import { switchLanguage } from '../i18n/i18n.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/language.ts';
import { useSignOut } from '../session/me.query.ts';
import { Avatar } from './avatar.tsx';
import { Logo } from './logo.tsx';
import classes from './side-rail.module.css';

const PAGES = [
  { to: '/inbox', label: 'inbox', Icon: IconInbox },
  { to: '/phone', label: 'phone', Icon: IconDeviceMobileMessage },
  { to: '/chat-demo', label: 'chat', Icon: IconMessageCircle },
] as const;

export function SideRail({ me, onHelp }: { me: Me | null; onHelp: () => void }) {
  const { t } = useTranslation();
  const pages = me && !me.testMode ? PAGES.filter(({ to }) => to === '/inbox') : PAGES;
  return (
    <nav className={classes.rail} aria-label={t('shell.nav.label')}>
      <Link to="/inbox" className={classes.logo} aria-label={t('shell.product')}>
        <Logo size={28} />
      </Link>
      {pages.map(({ to, label, Icon }) => (
        <Tooltip key={to} label={t(`shell.nav.${label}`)} position="right" openDelay={300}>
          <Link to={to} className={classes.item} activeProps={{ 'data-active': true, 'aria-current': 'page' }}>
            <Icon size={20} stroke={1.7} aria-hidden />
            <span className={classes.label}>{t(`shell.nav.${label}`)}</span>
          </Link>
        </Tooltip>
      ))}
      <div className={classes.bottom}>
        <span className={classes.desktop}>
          <Tooltip label={t('shell.menu.help')} position="right" openDelay={300}>
            <ActionIcon variant="subtle" color="gray" size={34} onClick={onHelp} aria-label={t('shell.menu.help')}>
              <IconKeyboard size={19} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </span>
        <LanguageMenu />
        <ColorSchemeButton />
        {me && <AccountMenu me={me} />}
      </div>
    </nav>
  );
}

function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <Menu position="right-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('shell.language')}>
          <IconLanguage size={19} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item key={language} lang={language} fw={i18n.language === language ? 600 : 400} onClick={() => void switchLanguage(language)}>
            {LANGUAGE_NAMES[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ColorSchemeButton() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  const label = t(shown === 'dark' ? 'shell.colorScheme.toLight' : 'shell.colorScheme.toDark');
  return (
    <ActionIcon variant="subtle" color="gray" size={34} aria-label={label} title={label} onClick={() => setColorScheme(shown === 'dark' ? 'light' : 'dark')}>
      {shown === 'dark' ? <IconSun size={19} stroke={1.7} /> : <IconMoon size={19} stroke={1.7} />}
    </ActionIcon>
  );
}

function AccountMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <Menu position="right-end" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={t('shell.menu.label')}>
          <Avatar name={me.member.name} size={30} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{me.member.name}</strong>
          <span>{me.business.name}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate(undefined, { onSuccess: () => void navigate({ to: '/inbox' }) })}>
          {t('shell.menu.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
