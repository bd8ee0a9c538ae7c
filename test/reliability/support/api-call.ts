import type { StackUnderFire } from './stack-under-fire.ts';

/** One request to the stack's API, as a staff key or a visitor's token. */
export async function callApi(
  fire: StackUnderFire,
  path: string,
  init: { token: string; body?: unknown },
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { token, body } = init;
  const answer = await fetch(fire.stack.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
