import type { TestBusiness } from '../../support/test-business.ts';
import type { TestEnv } from '../../support/test-env.ts';
import { startTestEnv } from '../../support/test-env.ts';
import { callWebhook, newSid } from '../twilio-caller.fixture.ts';

let env: TestEnv;
let garage: TestBusiness;

beforeAll(async () => {
  env = await startTestEnv({ workers: false });
  garage = await env.newBusiness();
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

let lastPhone = 20_000_000;
const newPhone = (): string => {
  lastPhone += 1;
  return `+316${lastPhone}`;
};

describe('status callbacks', () => {
  const sentMessage = async (sid: string) => {
    const { ctx } = garage;
    const phone = newPhone();
    const conversationId = ctx.keys.conversationId(garage.id, 'whatsapp', phone, garage.e164);
    const customer = await ctx.customers.findOrCreate({ channel: 'whatsapp', address: phone });
    await ctx.conversations.ensure({
      id: conversationId,
      customerId: customer.id,
      channel: 'whatsapp',
      customerAddress: phone,
      businessAddress: garage.e164,
      at: new Date(),
    });
    const id = `${conversationId}.${sid}.0` as Parameters<typeof ctx.messages.claim>[0];
    await ctx.messages.insertPlanned([{ id, conversationId, customerId: customer.id, role: 'assistant', content: 'Goedemiddag' }]);
    await ctx.messages.claim(id, { lease: 'test', at: new Date() });
    await ctx.messages.markAccepted(id, { sid, status: 'queued', at: new Date() });
    return { id, phone };
  };
  const callback = (sid: string, phone: string, status: string, out: string) => {
    const path = `/webhooks/twilio/status?out=${encodeURIComponent(out)}`;
    const fields = {
      MessageSid: sid,
      SmsSid: sid,
      AccountSid: garage.account.accountSid,
      MessageStatus: status,
      SmsStatus: status,
      From: `whatsapp:${garage.e164}`,
      To: `whatsapp:${phone}`,
      ApiVersion: '2010-04-01',
    };
    return callWebhook(env, { path, fields, authToken: garage.account.authToken });
  };

  test('move a message forward and never back, in whatever order they come', async () => {
    const sid = newSid();
    const { id, phone } = await sentMessage(sid);
    for (const status of ['delivered', 'sent', 'queued', 'delivered']) expect((await callback(sid, phone, status, id)).status).toBe(200);
    expect((await garage.ctx.messages.get(id))?.status).toBe('delivered');
    expect((await callback(sid, phone, 'read', id)).status).toBe(200);
    expect((await garage.ctx.messages.get(id))?.status).toBe('read');
  });

  test('for a message or with a status we do not know are answered and change nothing', async () => {
    const sid = newSid();
    const { id, phone } = await sentMessage(sid);
    expect((await callback(newSid(), phone, 'delivered', 'nothing.we.sent')).status).toBe(200);
    expect((await callback(sid, phone, 'partially_delivered', id)).status).toBe(200);
    expect((await garage.ctx.messages.get(id))?.status).toBe('queued');
  });

  test('an "out" that is no id of ours is ignored', async () => {
    const sid = newSid();
    const { id, phone } = await sentMessage(sid);
    expect((await callback(sid, phone, 'delivered', '{"$ne":1}')).status).toBe(200);
    expect((await garage.ctx.messages.get(id))?.status).toBe('delivered');
  });
});
