import type { Story } from './scene.ts';
import { eventually, newId } from './scene.ts';

interface Session {
  token: string;
  conversationId: string;
  resumed: boolean;
}
interface Reply {
  state: string;
  reply: { id: string; text: string } | null;
}

export const webChat: Story = {
  name: 'webchat',
  about: 'A visitor of the website chats, loses the connection, and comes back.',
  async play({ businessId, api, tell, check }) {
    const session = await api<Session>('/api/chat/session', { method: 'POST', body: { businessId: businessId('De Vries') } });
    check('a visitor gets a session without signing in', session.token !== '' && !session.resumed);

    const question = { messageId: newId(), text: 'Wat zijn jullie openingstijden?' };
    tell(`visitor: "${question.text}"`);
    const ask = () => api<Reply>('/api/chat/send', { method: 'POST', token: session.token, body: question });
    const startedAt = performance.now();
    const first = await ask();
    check(
      `the answer came in the same request, after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
      first.state === 'answered',
      `its state was ${first.state}`,
    );
    if (first.reply) tell(`answer: "${first.reply.text.split('\n')[0]}"`);

    const again = await ask();
    check('asking again with the same id gives the same answer', again.reply?.id === first.reply?.id);

    const back = await api<Session>('/api/chat/session', { method: 'POST', body: { businessId: businessId('De Vries'), token: session.token } });
    check('coming back goes on with the same conversation', back.resumed && back.conversationId === session.conversationId);
    // The answer is on the page before it is marked as sent.
    const rolesNow = async () =>
      (await api<{ items: { role: string }[] }>('/api/chat/history', { token: back.token })).items.map(({ role }) => role).join(', ');
    await eventually(async () => ((await rolesNow()).includes('assistant') ? true : undefined));
    const roles = await rolesNow();
    check('the history holds one question and one answer', roles === 'customer, assistant', `it holds ${roles}`);
  },
};
