import type { Check, Target } from './checks.ts';
import { appliesTo, CHECKS } from './checks.ts';

/** Runs every check that applies, one after the other, and prints a line for each. Resolves to whether all passed; never rejects. */
export async function smoke(target: Target, print: (line: string) => void, checks: readonly Check[] = CHECKS): Promise<boolean> {
  const applicable = checks.filter((check) => appliesTo(check, target));
  let failed = 0;
  for (const check of applicable) {
    const since = performance.now();
    const fault = await faultOf(check, target);
    const took = `(${Math.round(performance.now() - since)} ms)`;
    if (fault) failed += 1;
    print(fault ? `  no  ${check.name}: ${fault} ${took}` : `  ok  ${check.name} ${took}`);
  }
  const left = checks.length - applicable.length;
  print(`${applicable.length - failed} passed, ${failed} failed${left > 0 ? ` (${left} make sense from outside only)` : ''}`);
  return failed === 0;
}

async function faultOf(check: Check, target: Target): Promise<string | undefined> {
  try {
    await check.run(target);
    return undefined;
  } catch (error) {
    const { message, cause } = error as Error;
    // fetch says "fetch failed" and hides the reason one level down.
    return cause instanceof Error ? `${message}: ${cause.message}` : message;
  }
}
