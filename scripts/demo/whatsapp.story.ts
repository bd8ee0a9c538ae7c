import { setTimeout as sleep } from 'node:timers/promises';
import type { Story } from './scene.ts';
import { eventually } from './scene.ts';

interface ConversationPage {
  items: { id: string; customer: { phone: string | null }; channel: string }[];
}

export const whatsapp: Story = {
  name: 'whatsapp',
  about: 'A customer asks for a car on WhatsApp.',
  async play({ phone, numberOf, api, tell, check }) {
    const dealer = numberOf('De Vries');
    const ada = phone();
    tell(`${ada.e164} writes "Ik zoek een Volkswagen Golf"`);
    const startedAt = performance.now();
    const sent = await ada.writes(dealer, 'Ik zoek een Volkswagen Golf', { times: 2 });
    check(
      'Twilio delivered the webhook twice and got 200 both times',
      sent.deliveries.length === 2 && sent.deliveries.every(({ status }) => status === 200),
      `it got ${sent.deliveries.map(({ status }) => status)}`,
    );

    const [answer] = await ada.receives(1);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    check(`the answer came after ${seconds} s and names a Golf`, answer?.body.includes('Golf') ?? false, answer ? `it was "${answer.body}"` : 'nothing came');
    if (answer) tell(`answer: "${answer.body.split('\n')[0]}"`);

    const arrived = await eventually(async () => (await ada.received()).find(({ status }) => status === 'delivered' || status === 'read'));
    check('it was delivered', arrived !== undefined);
    await sleep(1500);
    const all = await ada.received();
    check('and it was the only one', all.length === 1, `${all.length} came`);

    const { items } = await api<ConversationPage>(`/api/conversations?phone=${encodeURIComponent(ada.e164)}`);
    check('staff find the conversation by the phone number', items.length === 1, `${items.length} found`);
    const [conversation] = items;
    if (!conversation) return;
    const detail = await api<{ workflow: { id: string; url: string | null } }>(`/api/conversations/${conversation.id}`);
    check('its workflow can be opened in Temporal', detail.workflow.url !== null);
    if (detail.workflow.url) tell(`workflow: ${detail.workflow.url}`);
    check('no phone number stands in the workflow id', !detail.workflow.id.includes(ada.e164.slice(1)));
  },
};
