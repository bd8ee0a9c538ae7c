import type { StormResult } from './storm.ts';

const MEANINGS = {
  I1: 'acknowledged and lost',
  I2: 'not covered exactly once',
  I3: 'sent twice, or answering nothing',
  I4: 'overtaken by a later reply',
  I6: 'left open, or a run that broke',
} as const;

/** With no failure in N, the true rate is below 3/N with 95 % confidence. */
export const upperBound = (n: number): number => (n === 0 ? 1 : Math.min(1, 3 / n));

export function reportOf({ verdict, rounds, strikes, ackMs, stuck }: StormResult, seed: number): string[] {
  const { counts, violations } = verdict;
  const lines = Object.entries(MEANINGS).map(([name, meaning]) => {
    const broken = violations[name as keyof typeof MEANINGS];
    const bound = broken.length === 0 ? `< ${(upperBound(counts.messages) * 100).toFixed(3)} % (95 %)` : broken.slice(0, 5).join('; ');
    return `  ${broken.length === 0 ? 'ok' : 'NO'}  ${name} ${meaning}: ${broken.length} of ${counts.messages}  ${bound}`;
  });
  return [
    `seed ${seed}, ${rounds} rounds, ${counts.messages} messages of ${counts.customers} customers, ${counts.replies} replies`,
    `webhooks: ${counts.acknowledged} acknowledged, ${counts.refused} refused, ${counts.unanswered} unanswered; ${counts.recovered} of those found at Twilio; ${counts.parkedSends} sends waited for Twilio`,
    `acknowledged within ${ackMs.p50} ms (half), ${ackMs.p95} ms (95 %), ${ackMs.most} ms (all)`,
    `strikes: ${
      Object.entries(strikes)
        .map(([name, times]) => `${name} ${times}`)
        .join(', ') || 'none'
    }`,
    ...lines,
    ...(stuck ? [`  NO  stuck: ${stuck}`] : []),
    verdict.isClean && !stuck ? 'verdict: clean' : `verdict: broken; repeat with --seed ${seed} --from ${rounds - 1}`,
  ];
}
