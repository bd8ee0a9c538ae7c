import { Router } from 'express';
import { z } from 'zod';
import { AccountSeed } from './accounts.state.ts';
import { parseDurationMs } from './clock.ts';
import { FaultRequest } from './faults.ts';
import { releaseScheduled } from './send-message.ts';
import { SettingsPatch } from './settings.state.ts';
import type { World } from './world.ts';

const Reset = z.strictObject({ keepAccounts: z.boolean().default(false) });
const Advance = z.strictObject({ advance: z.union([z.number(), z.string()]) });

/** The simulator's own controls: who exists, how it behaves, what time it is. */
export function simRoutes(world: World): Router {
  const router = Router();

  router.get('/_sim/health', (_request, response) => void response.json({ ok: true, pending: world.timers.pending() }));
  router.get('/_sim/accounts', (_request, response) => void response.json({ accounts: world.accounts.list() }));
  router.post('/_sim/accounts', (request, response) => {
    const accounts = z.array(AccountSeed).parse(Array.isArray(request.body) ? request.body : [request.body]);
    response.json({ accounts: accounts.map((account) => world.accounts.upsert(account)) });
  });

  router.get('/_sim/settings', (_request, response) => void response.json(world.settings.current));
  router.post('/_sim/settings', (request, response) => void response.json(world.settings.change(SettingsPatch.parse(request.body))));

  router.get('/_sim/faults', (_request, response) => void response.json({ faults: world.faults.list() }));
  router.post('/_sim/faults', (request, response) => void response.status(201).json(world.faults.add(FaultRequest.parse(request.body))));
  router.delete('/_sim/faults', (_request, response) => {
    world.faults.clear();
    response.status(204).end();
  });
  router.delete('/_sim/faults/:id', (request, response) => {
    world.faults.clear(Number(request.params.id));
    response.status(204).end();
  });

  router.get('/_sim/clock', (_request, response) => void response.json(clockView(world)));
  router.post('/_sim/clock', async (request, response) => {
    const ms = parseDurationMs(Advance.parse(request.body).advance);
    if (ms === undefined) return void response.status(400).json({ error: 'advance is milliseconds, a text like "25h" or an ISO 8601 duration' });
    world.clock.advance(ms);
    releaseScheduled(world);
    const followers = await tellFollowers(world);
    world.activity.publish('clock', clockView(world));
    response.json({ ...clockView(world), followers });
  });

  router.get('/_sim/gaps', (_request, response) => void response.json({ gaps: world.gaps.list() }));
  router.get('/_sim/opt-outs', (_request, response) => void response.json({ optOuts: world.optOuts.list() }));
  router.post('/_sim/reset', async (request, response) => {
    world.reset(Reset.parse(request.body ?? {}));
    await tellFollowers(world);
    response.status(204).end();
  });
  return router;
}

function clockView({ clock }: World) {
  return { now: clock.now().toISOString(), offsetMs: clock.offsetMs() };
}

/** Each follower sets its own clock to the same offset; one that cannot be reached is named, not hidden. */
async function tellFollowers(world: World): Promise<{ url: string; status: number | null }[]> {
  return Promise.all(
    world.settings.current.clockFollowers.map(async (url) => {
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ offsetMs: world.clock.offsetMs() }),
          signal: AbortSignal.timeout(5_000),
        });
        return { url, status: answer.status };
      } catch {
        return { url, status: null };
      }
    }),
  );
}
