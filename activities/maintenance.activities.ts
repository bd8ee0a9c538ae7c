import type { Installation } from '#services/context';
import { endExpiredSessions } from '#services/maintenance/end-expired-sessions';
import { reconcileInbound } from '#services/maintenance/reconcile-inbound';
import { resumeStrandedSends } from '#services/maintenance/resume-stranded-sends';
import { sweepParked } from '#services/maintenance/sweep-parked';
import type { MaintenanceActivities } from '#workflows/contracts/activities';
import { asActivity, asSystemActivity } from './activity-scope.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What the schedules do; each call is one page. */
export const maintenanceActivities = (installation: Installation): MaintenanceActivities => ({
  sweepParked: () => asSystemActivity(installation, () => sweepParked(installation)),
  resumeStrandedSends: () => asSystemActivity(installation, () => resumeStrandedSends(installation)),
  endExpiredSessions: () => asSystemActivity(installation, () => endExpiredSessions(installation)),
  destroyOldPayloadKeys: () =>
    asSystemActivity(installation, async () => {
      const { clock, config, keys } = installation;
      return { keysDestroyed: await keys.forgetEpochsBefore(new Date(clock.nowMs() - config.payloadKeyDays * DAY_MS)) };
    }),
  listReconcilableNumbers: () =>
    asSystemActivity(installation, async () => {
      const numbers = await installation.system.numbers.loadAll();
      return numbers.map(({ businessId, e164 }) => ({ businessId, e164 }));
    }),
  reconcileInbound: ({ businessId, e164 }) =>
    asActivity(installation, businessId, (ctx) => reconcileInbound(ctx, { e164, watermarks: installation.system.watermarks })),
});
