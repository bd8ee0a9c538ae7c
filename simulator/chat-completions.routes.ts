import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import { Router } from 'express';
import { z } from 'zod';
import { ScriptedAnswer } from './chat-script.state.ts';
import { answerThrough, seenThrough, swallowedBefore } from './faulty-answer.ts';
import type { World } from './world.ts';

const CompletionRequest = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown().optional() })).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
});
type CompletionRequest = z.infer<typeof CompletionRequest>;

const MODELS = ['gpt-4o-mini', 'gpt-4o'];
const CHUNK_CHARACTERS = 12;

/** An OpenAI-compatible chat that says what it was told to, and refuses what nobody scripted. */
export function chatCompletionRoutes(world: World): Router {
  const router = Router();

  router.post('/_sim/chat/script', (request, response) => {
    world.chat.add(z.object({ answers: z.array(ScriptedAnswer) }).parse(request.body).answers);
    response.status(201).json({ answers: world.chat.list() });
  });
  router.get('/_sim/chat/script', (_request, response) => void response.json({ answers: world.chat.list() }));
  router.delete('/_sim/chat/script', (_request, response) => {
    world.chat.clear();
    response.status(204).end();
  });

  router.use('/v1', (request, response, next) => {
    if (/^Bearer \S+/.test(request.get('authorization') ?? '')) return next();
    openAiError(response, 401, 'invalid_api_key', 'You did not provide an API key.');
  });
  router.get('/v1/models', (_request, response) => {
    response.json({ object: 'list', data: MODELS.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'simulator' })) });
  });
  router.post('/v1/chat/completions', async (request, response) => {
    const parsed = CompletionRequest.safeParse(request.body);
    if (!parsed.success) return openAiError(response, 400, null, z.prettifyError(parsed.error));

    const fault = world.faults.strike('chat', {});
    if (swallowedBefore(world, fault, request)) return;
    if (fault?.kind === '429') return openAiError(response, 429, 'rate_limit_exceeded', 'Rate limit reached');
    if (fault?.kind === '500-before') return openAiError(response, 500, null, 'The server had an error while processing your request.');

    const userText = lastUserText(parsed.data);
    const answer = world.chat.take(userText);
    if (!answer) return openAiError(response, 400, 'script_exhausted', 'No scripted answer fits; add one with POST /_sim/chat/script');
    if (answer.delayMs) await world.timers.sleep(answer.delayMs);
    if (answer.error) return openAiError(response, answer.error.status, answer.error.code ?? null, answer.error.message ?? 'Scripted error');

    world.ledger.append({ kind: 'completion', body: userText, ...seenThrough(fault, 200) });
    await answerThrough(world, fault, request, response, () => {
      if (parsed.data.stream) world.timers.background(streamCompletion(world, response, parsed.data, answer));
      else response.json(completion(parsed.data, answer));
    });
  });
  return router;
}

function completion(request: CompletionRequest, answer: ScriptedAnswer) {
  const toolCalls = toolCallsOf(answer);
  return {
    ...envelope(request, 'chat.completion'),
    choices: [
      {
        index: 0,
        logprobs: null,
        finish_reason: finishReason(answer),
        message: { role: 'assistant', content: contentOf(answer), refusal: answer.refusal ?? null, ...(toolCalls ? { tool_calls: toolCalls } : {}) },
      },
    ],
    usage: usage(request, answer),
  };
}

async function streamCompletion(world: World, response: Response, request: CompletionRequest, answer: ScriptedAnswer): Promise<void> {
  const head = envelope(request, 'chat.completion.chunk');
  const send = (delta: object, finish: string | null = null) =>
    response.write(`data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })}\n\n`);

  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  send({ role: 'assistant', content: '', refusal: null });
  const content = contentOf(answer) ?? '';
  for (let at = 0; at < content.length; at += CHUNK_CHARACTERS) {
    if (answer.chunkDelayMs) await world.timers.sleep(answer.chunkDelayMs);
    if (response.destroyed) return;
    send({ content: content.slice(at, at + CHUNK_CHARACTERS) });
  }
  if (answer.refusal) send({ refusal: answer.refusal });
  const toolCalls = toolCallsOf(answer);
  if (toolCalls) send({ tool_calls: toolCalls.map((call, index) => ({ index, ...call })) });
  send({}, finishReason(answer));
  if (request.stream_options?.include_usage) response.write(`data: ${JSON.stringify({ ...head, choices: [], usage: usage(request, answer) })}\n\n`);
  response.end('data: [DONE]\n\n');
}

function envelope({ model }: CompletionRequest, object: string) {
  return { id: `chatcmpl-${randomBytes(12).toString('hex')}`, object, created: Math.floor(Date.now() / 1_000), model, system_fingerprint: 'fp_simulator' };
}

function contentOf(answer: ScriptedAnswer): string | null {
  if (answer.content !== undefined) return answer.content;
  return answer.json === undefined ? null : JSON.stringify(answer.json);
}

function toolCallsOf({ toolCalls }: ScriptedAnswer) {
  return toolCalls?.map(({ name, arguments: given }) => ({
    id: `call_${randomBytes(12).toString('hex')}`,
    type: 'function' as const,
    function: { name, arguments: typeof given === 'string' ? given : JSON.stringify(given) },
  }));
}

function finishReason(answer: ScriptedAnswer): string {
  return answer.finishReason ?? (answer.toolCalls ? 'tool_calls' : 'stop');
}

/** A rough count, four characters a token: enough for budgets to add up. */
function usage(request: CompletionRequest, answer: ScriptedAnswer) {
  const prompt = Math.ceil(JSON.stringify(request.messages).length / 4);
  const written = Math.ceil((contentOf(answer) ?? '').length / 4);
  return { prompt_tokens: prompt, completion_tokens: written, total_tokens: prompt + written };
}

function lastUserText({ messages }: CompletionRequest): string {
  const content = messages.findLast(({ role }) => role === 'user')?.content;
  return typeof content === 'string' ? content : JSON.stringify(content ?? '');
}

function openAiError(response: Response, status: number, code: string | null, message: string): void {
  const type = status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error';
  response.status(status).json({ error: { message, type, param: null, code } });
}
