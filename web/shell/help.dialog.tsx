import { Kbd, Modal, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './help.dialog.module.css';
import { useShortcutsEnabled } from './shortcuts.ts';

const EVERYWHERE = [
  ['?', 'help'],
  ['/', 'search'],
] as const;
const INBOX = [
  ['J', 'next'],
  ['K', 'previous'],
  ['Enter', 'open'],
  ['R', 'reply'],
  ['T', 'takeOver'],
  ['W', 'why'],
  ['Esc', 'back'],
  ['Enter', 'send'],
  ['Shift Enter', 'newLine'],
] as const;

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [enabled, setEnabled] = useShortcutsEnabled();
  return (
    <Modal opened={opened} onClose={onClose} title={t('shell.help.title')} centered closeButtonProps={{ 'aria-label': t('shell.help.close') }}>
      {(
        [
          ['everywhere', EVERYWHERE],
          ['inbox', INBOX],
        ] as const
      ).map(([group, keys]) => (
        <section key={group} className={classes.group}>
          <h3 className={classes.heading}>{t(`shell.help.groups.${group}`)}</h3>
          <dl className={classes.keys}>
            {keys.map(([key, meaning]) => (
              <div key={meaning} className={classes.row}>
                <dt>{t(`shell.help.keys.${meaning}`)}</dt>
                <dd>
                  {key.split(' ').map((part) => (
                    <Kbd key={part} size="xs">
                      {part}
                    </Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Switch checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} label={t('shell.help.enabled')} />
    </Modal>
  );
}
