import { ActionIcon, Indicator, Menu, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconCheck, IconSearch, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../shell/shortcuts.ts';
import classes from './filter-bar.module.css';
import type { InboxSearch } from './inbox.search.ts';
import { CHANNEL_FILTERS, OWNER_FILTERS, STATUS_FILTERS } from './inbox.search.ts';

const TYPING_PAUSE_MS = 250;

/** Every change of a filter is a change of the address, so a reload, a bookmark and the back button keep it. */
function useSetSearch() {
  const navigate = useNavigate();
  return (patch: InboxSearch) => void navigate({ to: '.', search: (before) => ({ ...before, ...patch }), replace: true });
}

export function FilterBar({ search, isLive, unread }: { search: InboxSearch; isLive: boolean; unread: number }) {
  const { t } = useTranslation();
  const setSearch = useSetSearch();
  return (
    <header className={classes.bar}>
      <div className={classes.title}>
        <h1>{t('inbox.title')}</h1>
        {unread > 0 && <span className={classes.count}>{t('inbox.unreadCount', { count: unread })}</span>}
        <span className={classes.live} data-live={isLive || undefined} role="status">
          {t(isLive ? 'shell.live.on' : 'shell.live.off')}
        </span>
      </div>
      <div className={classes.row}>
        <SearchInput typed={search.q ?? ''} onSearch={(q) => setSearch({ q: q || undefined })} />
        <FilterMenu search={search} onChange={setSearch} />
      </div>
      <div className={classes.pills}>
        <Pill on={!search.unread && !search.attention} onClick={() => setSearch({ unread: undefined, attention: undefined })}>
          {t('inbox.filter.all')}
        </Pill>
        <Pill on={search.unread === true} onClick={() => setSearch({ unread: search.unread ? undefined : true })}>
          {t('inbox.filter.unread')}
        </Pill>
        <Pill on={search.attention === true} onClick={() => setSearch({ attention: search.attention ? undefined : true })}>
          {t('inbox.filter.attention')}
        </Pill>
        {search.channel && <Chosen text={t(`inbox.channel.${search.channel}`)} onRemove={() => setSearch({ channel: undefined })} />}
        {search.owner && <Chosen text={t(`inbox.filter.owner.${search.owner}`)} onRemove={() => setSearch({ owner: undefined })} />}
        {search.status && <Chosen text={t(`inbox.filter.status.${search.status}`)} onRemove={() => setSearch({ status: undefined })} />}
      </div>
    </header>
  );
}

function SearchInput({ typed, onSearch }: { typed: string; onSearch: (q: string) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(typed);
  useEffect(() => setText(typed), [typed]);
  const search = useDebouncedCallback(onSearch, TYPING_PAUSE_MS);
  useShortcuts({
    '/': (event) => {
      event.preventDefault();
      input.current?.focus();
    },
  });
  return (
    <TextInput
      ref={input}
      className={classes.search}
      size="xs"
      type="search"
      value={text}
      placeholder={t('inbox.search')}
      aria-label={t('inbox.search')}
      leftSection={<IconSearch size={15} aria-hidden />}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

function FilterMenu({ search, onChange }: { search: InboxSearch; onChange: (patch: InboxSearch) => void }) {
  const { t } = useTranslation();
  const chosen = [search.channel, search.owner, search.status].filter(Boolean).length;
  const check = (on: boolean) => (on ? <IconCheck size={14} /> : null);
  return (
    <Menu position="bottom-end" closeOnItemClick={false} width={210}>
      <Menu.Target>
        <Tooltip label={t('inbox.filter.label')}>
          <Indicator disabled={chosen === 0} size={8} offset={4}>
            <ActionIcon variant="default" size={30} aria-label={t('inbox.filter.label')}>
              <IconAdjustmentsHorizontal size={16} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('inbox.filter.channelLabel')}</Menu.Label>
        {CHANNEL_FILTERS.map((channel) => (
          <Menu.Item
            key={channel}
            rightSection={check(search.channel === channel)}
            onClick={() => onChange({ channel: search.channel === channel ? undefined : channel })}
          >
            {t(`inbox.channel.${channel}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('inbox.filter.ownerLabel')}</Menu.Label>
        {OWNER_FILTERS.map((owner) => (
          <Menu.Item key={owner} rightSection={check(search.owner === owner)} onClick={() => onChange({ owner: search.owner === owner ? undefined : owner })}>
            {t(`inbox.filter.owner.${owner}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('inbox.filter.statusLabel')}</Menu.Label>
        {STATUS_FILTERS.map((status) => (
          <Menu.Item
            key={status}
            rightSection={check(search.status === status)}
            onClick={() => onChange({ status: search.status === status ? undefined : status })}
          >
            {t(`inbox.filter.status.${status}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Pill({ on, onClick, children }: { on: boolean; onClick: () => void; children: string }) {
  return (
    <UnstyledButton className={classes.pill} aria-pressed={on} onClick={onClick}>
      {children}
    </UnstyledButton>
  );
}

function Chosen({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <UnstyledButton className={classes.chosen} onClick={onRemove} aria-label={t('inbox.filter.remove', { filter: text })}>
      {text}
      <IconX size={12} aria-hidden />
    </UnstyledButton>
  );
}
