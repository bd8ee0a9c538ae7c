import { setTimeout as sleep } from 'node:timers/promises';
import type { Story } from './scene.ts';

export const sms: Story = {
  name: 'sms',
  about: 'A patient asks a British practice for its hours by SMS, and later wants no more messages.',
  async play({ phone, numberOf, tell, check }) {
    const practice = numberOf('Brightside');
    const bea = phone();
    tell(`${bea.e164} writes "What are your opening hours?"`);
    await bea.writes(practice, 'What are your opening hours?', { channel: 'sms' });
    const [answer] = await bea.receives(1);
    check('the answer came, in English and with hours', /open|hours/i.test(answer?.body ?? ''), answer ? `it was "${answer.body}"` : 'nothing came');

    tell('"STOP"');
    await bea.writes(practice, 'STOP', { channel: 'sms' });
    await sleep(3000);
    const before = (await bea.received()).filter(({ status }) => status !== 'failed').length;
    tell('"Are you open tomorrow?"');
    await bea.writes(practice, 'Are you open tomorrow?', { channel: 'sms' });
    await sleep(5000);
    const after = (await bea.received()).filter(({ status }) => status !== 'failed').length;
    check('after STOP nothing more is sent', after === before, `${after - before} came`);

    tell('"START"');
    await bea.writes(practice, 'START', { channel: 'sms' });
    await sleep(3000);
    const resumed = (await bea.received()).length;
    await bea.writes(practice, 'Are you open tomorrow?', { channel: 'sms' });
    check('after START the practice answers again', (await bea.receives(resumed + 1)).length > resumed);
  },
};
