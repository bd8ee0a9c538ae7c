import { setTimeout as sleep } from 'node:timers/promises';
import type { Story } from './scene.ts';

const WORDS = ['Hoi', 'ik zoek een auto', 'een Volkswagen Golf', 'hebben jullie die?', 'liefst benzine'];

export const burst: Story = {
  name: 'burst',
  about: 'A customer types in pieces; one reply answers all of them.',
  async play({ phone, numberOf, api, tell, check }) {
    const dealer = numberOf('De Vries');
    const cas = phone();
    tell(`${cas.e164} writes ${WORDS.length} messages within two seconds, every webhook delivered three times`);
    const all = [];
    for (const words of WORDS) {
      all.push(cas.writes(dealer, words, { times: 3 }));
      await sleep(300);
    }
    const sent = await Promise.all(all);
    check(
      'every webhook was answered 200',
      sent.every(({ deliveries }) => deliveries.every(({ status }) => status === 200)),
    );

    const [answer] = await cas.receives(1);
    await sleep(4000);
    const answers = await cas.received();
    check('one reply came', answers.length === 1, `${answers.length} came`);
    check('and it knows what was asked for in the middle', answer?.body.includes('Golf') ?? false, answer ? `it was "${answer.body}"` : 'nothing came');

    const { items } = await api<{ items: { id: string }[] }>(`/api/conversations?phone=${encodeURIComponent(cas.e164)}`);
    const [conversation] = items;
    check('staff see one conversation', items.length === 1, `${items.length} found`);
    if (!conversation) return;
    const thread = await api<{ items: { direction: string; coveredBy: string | null }[] }>(`/api/conversations/${conversation.id}/messages`);
    const inbound = thread.items.filter(({ direction }) => direction === 'inbound');
    const covers = new Set(inbound.map(({ coveredBy }) => coveredBy));
    check(`all ${WORDS.length} messages are on record and covered by that reply`, inbound.length === WORDS.length && covers.size === 1 && !covers.has(null));
  },
};
