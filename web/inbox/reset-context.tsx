import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconEraser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../shell/problem.tsx';
import { useResetContext } from './inbox.mutations.ts';

/** The assistant forgets for good, so this asks first instead of offering an undo it could not keep. */
export function ResetContext({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  const reset = useResetContext(conversationId);
  const problem = useProblemText(reset.error);
  const finished = () => {
    dialog.close();
    notifications.show({ message: t('inbox.reset.done') });
  };
  return (
    <>
      <Button variant="default" size="xs" justify="flex-start" leftSection={<IconEraser size={15} />} onClick={dialog.open}>
        {t('inbox.reset.action')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('inbox.reset.title')}
        centered
        size="sm"
        closeButtonProps={{ 'aria-label': t('shell.help.close') }}
      >
        <p>{t('inbox.reset.text')}</p>
        {reset.isError && <p role="alert">{problem}</p>}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" size="xs" onClick={dialog.close}>
            {t('inbox.reset.cancel')}
          </Button>
          <Button color="red.8" size="xs" loading={reset.isPending} onClick={() => reset.mutate(undefined, { onSuccess: finished })}>
            {t('inbox.reset.confirm')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
