import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import type { SimulatedTwilio } from './simulated-twilio.fixture.ts';
import { failureOf, simulatedTwilio } from './simulated-twilio.fixture.ts';

async function scripted(...answers: object[]): Promise<{ world: SimulatedTwilio; openai: OpenAI } & AsyncDisposable> {
  const world = await simulatedTwilio();
  const { status } = await world.sim('POST', '/_sim/chat/script', { answers });
  expect(status).toBe(201);
  const openai = new OpenAI({ apiKey: 'sk-test', baseURL: `${world.simulator.url}/v1`, maxRetries: 0, timeout: 2_000 });
  return { world, openai, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

const ask = (content: string) => ({ model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content }] });

describe("the scripted model through OpenAI's SDK", () => {
  it('says its lines in order, picks the line that fits, and refuses when it has none', async () => {
    await using scene = await scripted({ match: 'golf', content: 'Een Golf, ja.' }, { content: 'Dag!' });
    const say = async (text: string) => (await scene.openai.chat.completions.create(ask(text))).choices[0]?.message.content;
    expect(await say('Hoi')).toBe('Dag!');
    expect(await say('Heeft u een Golf?')).toBe('Een Golf, ja.');
    expect(await failureOf(say('En nu?'))).toMatchObject({ status: 400, code: 'script_exhausted' });
    expect(scene.world.ledger('completion').map(({ body }) => body)).toEqual(['Hoi', 'Heeft u een Golf?']);
  });

  it('gives structured output, tool calls, refusals and cut answers', async () => {
    await using scene = await scripted(
      { json: { intent: 'book' } },
      { toolCalls: [{ name: 'find_slots', arguments: { day: 'morgen' } }] },
      { refusal: 'Nee.' },
      { content: '{"intent":', finishReason: 'length' },
    );
    const format = zodResponseFormat(z.object({ intent: z.string() }), 'reply');
    const parse = () => scene.openai.chat.completions.parse({ ...ask('Hoi'), response_format: format });
    expect((await parse()).choices[0]?.message.parsed).toEqual({ intent: 'book' });
    expect((await scene.openai.chat.completions.create(ask('Wanneer?'))).choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ type: 'function', function: { name: 'find_slots', arguments: '{"day":"morgen"}' } }] },
    });
    expect((await parse()).choices[0]?.message.refusal).toBe('Nee.');
    expect((await failureOf(parse())).constructor.name).toBe('LengthFinishReasonError');
  });

  it('streams the same words piece by piece, with usage when asked', async () => {
    await using scene = await scripted({ content: 'Uw auto staat morgen om negen uur klaar.' });
    const stream = scene.openai.chat.completions.stream({ ...ask('Hoi'), stream_options: { include_usage: true } });
    const pieces: string[] = [];
    stream.on('content', (delta) => pieces.push(delta));
    const completion = await stream.finalChatCompletion();
    expect(completion.choices[0]?.message.content).toBe('Uw auto staat morgen om negen uur klaar.');
    expect(pieces.length).toBeGreaterThan(2);
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
  });

  it.each([
    ['429', 'RateLimitError', 0],
    ['500-before', 'InternalServerError', 0],
    ['500-after', 'InternalServerError', 1],
    ['reset-after', 'APIConnectionError', 1],
    ['drop', 'APIConnectionError', 0],
    ['hang', 'APIConnection', 1],
  ] as const)('fails by %s as the real one does', async (kind, name, billed) => {
    await using scene = await scripted({ content: 'Dag!', times: 'forever' });
    await scene.world.fault({ on: 'chat', kind, count: 1 });
    expect((await failureOf(scene.openai.chat.completions.create(ask('Hoi')))).constructor.name).toMatch(new RegExp(`^${name}`));
    expect(scene.world.ledger('completion')).toHaveLength(billed);
    expect((await scene.openai.chat.completions.create(ask('Hoi'))).choices[0]?.message.content).toBe('Dag!');
  });

  it('answers scripted errors, lists models and wants a key', async () => {
    await using scene = await scripted({ error: { status: 429, code: 'insufficient_quota', message: 'Op' } });
    expect(await failureOf(scene.openai.chat.completions.create(ask('Hoi')))).toMatchObject({ status: 429, code: 'insufficient_quota' });
    expect((await scene.openai.models.list()).data.map(({ id }) => id)).toContain('gpt-4o-mini');
    expect((await fetch(`${scene.world.simulator.url}/v1/models`)).status).toBe(401);
    expect(await failureOf(scene.openai.chat.completions.create({ ...ask('Hoi'), messages: [] }))).toMatchObject({ status: 400 });

    await scene.world.sim('POST', '/_sim/chat/script', { answers: [{ content: 'Dag!' }] });
    expect((await scene.world.sim('GET', '/_sim/chat/script')).body).toMatchObject({ answers: [{ content: 'Dag!', times: 1 }] });
    expect((await scene.world.sim('DELETE', '/_sim/chat/script')).status).toBe(204);
    expect((await scene.world.sim('GET', '/_sim/chat/script')).body).toEqual({ answers: [] });
  });
});
