import type { Figure } from '../figure.ts';
import type { Run } from '../load/contender.ts';
import { steadyPlan } from '../load/contender.ts';
import { mean, percentile, plausibleFailureShare } from '../statistics.ts';
import type { CpuUse } from '../world/process-usage.ts';
import { cpuSeconds, cpuUse, describeCpu } from '../world/process-usage.ts';
import type { Measure } from './measure.ts';
import { measureDedupe, measureRetries } from './reliability.figures.ts';
import { openStaffDesk, staffSends } from './staff-sends.ts';
import { warmUp } from './warm-up.ts';

const END_TO_END_MS = 3_000;

/** The user's own targets, with every setting as delivered: what a customer would notice. */
export const measureTargets: Measure = async (measuring) => {
  const { world, sizes, say } = measuring;
  const product = await world.product();
  const { conversations, everyMs } = sizes;
  const { quietMs } = product.stack.installation.config;
  await warmUp(product, sizes);
  const desk = await openStaffDesk(product);

  say(`targets: ${conversations} customers, each every ${everyMs} ms, and staff writing meanwhile`);
  const plan = steadyPlan({ conversations, messagesEach: sizes.targetMessagesEach, everyMs });
  const processes = world.processesOf(product);
  const before = cpuSeconds(processes);
  const startedAt = performance.now();
  const [run, staff] = await Promise.all([product.open(plan), staffSends(product, desk, { messages: sizes.staffMessages, forMs: plan.messages * plan.gapMs })]);
  const cpu = cpuUse(before, cpuSeconds(processes), performance.now() - startedAt);

  return [
    ...loadFigures({ run, cpu, conversations, quietMs, messages: plan.messages }),
    {
      id: 'target.send',
      name: 'staff message → Twilio create p95',
      unit: 'ms',
      value: percentile(staff.sends, 0.95),
      goal: { of: 'value', below: 1_000 },
      bottleneck: describeCpu(cpu),
      details: { p50: percentile(staff.sends, 0.5), messages: staff.sends.length },
    },
    errorRate({ failed: run.failed + staff.failed, tries: plan.messages + sizes.staffMessages }),
    await measureDedupe(product, measuring),
    await measureRetries(product, measuring),
  ];
};

function loadFigures({
  run,
  cpu,
  conversations,
  quietMs,
  messages,
}: {
  run: Run;
  cpu: CpuUse;
  conversations: number;
  quietMs: number;
  messages: number;
}): Figure[] {
  const { acks, turns } = run;
  const late = turns.filter((ms) => ms >= END_TO_END_MS).length;
  const own = turns.map((ms) => ms - quietMs);
  return [
    {
      id: 'target.ack',
      name: `ack p95, ${conversations} users`,
      unit: 'ms',
      value: percentile(acks, 0.95),
      goal: { of: 'value', below: 200 },
      bottleneck: describeCpu(cpu),
      details: { p50: percentile(acks, 0.5), p99: percentile(acks, 0.99), max: Math.max(...acks), messages },
    },
    {
      id: 'target.end-to-end',
      name: `webhook → Twilio create p95, ${conversations} users`,
      unit: 'ms',
      value: percentile(turns, 0.95),
      goal: { of: 'value', below: END_TO_END_MS },
      bottleneck: `the quiet window, ${quietMs} ms of it; then ${describeCpu(cpu)}`,
      details: { p50: percentile(turns, 0.5), p99: percentile(turns, 0.99), max: Math.max(...turns) },
    },
    {
      id: 'target.processing',
      name: `the same, less the quiet window`,
      unit: 'ms',
      value: percentile(own, 0.95),
      goal: { of: 'value', below: 2_000 },
      bottleneck: describeCpu(cpu),
      details: { p50: percentile(own, 0.5), max: Math.max(...own), assistantMs: mean(run.thinking) },
    },
    {
      id: 'target.users',
      name: 'users writing at the same time, all answered in time',
      unit: 'users',
      // A late or lost message counts as a user of its own, so this is never too high.
      value: Math.max(0, conversations - late - run.failed),
      goal: { of: 'value', atLeast: 100 },
      bottleneck: `${late} messages later than ${END_TO_END_MS} ms, ${run.failed} lost`,
    },
  ];
}

function errorRate({ failed, tries }: { failed: number; tries: number }): Figure {
  return {
    id: 'target.errors',
    name: `messages refused, lost or never answered, of ${tries}`,
    unit: '%',
    value: (failed / tries) * 100,
    goal: { of: 'value', below: 0.1 },
    bottleneck: `${failed} of ${tries}; the true rate is below ${(plausibleFailureShare(failed, tries) * 100).toFixed(2)} % (95 % sure)`,
  };
}
