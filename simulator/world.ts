import type { AccountSeed, AccountsState } from './accounts.state.ts';
import { createAccounts } from './accounts.state.ts';
import type { ActivityStream } from './activity.stream.ts';
import { createActivityStream } from './activity.stream.ts';
import type { ChatScript } from './chat-script.state.ts';
import { createChatScript } from './chat-script.state.ts';
import type { SimulatorClock } from './clock.ts';
import { createClock } from './clock.ts';
import type { Faults } from './faults.ts';
import { createFaults } from './faults.ts';
import type { HeldRequests } from './faulty-delivery.ts';
import { createHeldRequests } from './faulty-delivery.ts';
import type { GapsState } from './gaps.state.ts';
import { createGaps } from './gaps.state.ts';
import type { Ledger } from './ledger.ts';
import { createLedger } from './ledger.ts';
import type { MediaState } from './media.state.ts';
import { createMedia } from './media.state.ts';
import type { MessagesState } from './messages.state.ts';
import { createMessages } from './messages.state.ts';
import type { OptOuts } from './opt-outs.ts';
import { createOptOuts } from './opt-outs.ts';
import type { SenderPacing } from './sender-pacing.ts';
import { createSenderPacing } from './sender-pacing.ts';
import type { SettingsPatch, SettingsState } from './settings.state.ts';
import { createSettings } from './settings.state.ts';
import type { Timers } from './timers.ts';
import { createTimers } from './timers.ts';
import type { WebhookLog } from './webhook-log.state.ts';
import { createWebhookLog } from './webhook-log.state.ts';
import type { WhatsAppWindow } from './whatsapp-window.ts';
import { createWhatsAppWindow } from './whatsapp-window.ts';

/** Everything the simulated providers know. One world per running simulator; nothing is kept on disk. */
export interface World {
  /** Where the simulator itself is reached; media URLs begin with it. */
  url: string;
  accounts: AccountsState;
  messages: MessagesState;
  media: MediaState;
  ledger: Ledger;
  faults: Faults;
  held: HeldRequests;
  clock: SimulatorClock;
  settings: SettingsState;
  webhooks: WebhookLog;
  optOuts: OptOuts;
  window: WhatsAppWindow;
  pacing: SenderPacing;
  gaps: GapsState;
  chat: ChatScript;
  activity: ActivityStream;
  timers: Timers;
  /** Back to the seed: no messages, no faults, real dates; accounts added since stay only when asked. Ledger numbers go on. */
  reset(options?: { keepAccounts: boolean }): void;
}

export interface WorldSeed {
  accounts?: AccountSeed[];
  settings?: SettingsPatch;
}

export function createWorld(seed: WorldSeed): World {
  const clock = createClock();
  const timers = createTimers();
  const world: World = {
    url: '',
    accounts: createAccounts(seed.accounts ?? []),
    messages: createMessages(),
    media: createMedia(),
    ledger: createLedger(clock.now),
    faults: createFaults(),
    held: createHeldRequests({ timers }),
    clock,
    settings: createSettings(seed.settings),
    webhooks: createWebhookLog(),
    optOuts: createOptOuts(),
    window: createWhatsAppWindow(),
    pacing: createSenderPacing(),
    gaps: createGaps(),
    chat: createChatScript(),
    activity: createActivityStream(),
    timers,
    reset({ keepAccounts } = { keepAccounts: false }) {
      timers.clear();
      for (const part of [
        world.messages,
        world.media,
        world.ledger,
        world.faults,
        world.held,
        world.webhooks,
        world.optOuts,
        world.window,
        world.pacing,
        world.gaps,
        world.chat,
      ]) {
        part.clear();
      }
      if (!keepAccounts) world.accounts.reset();
      world.settings.reset();
      clock.reset();
      world.activity.publish('reset', {});
    },
  };
  world.ledger.onAppend((entry) => world.activity.publish('ledger', entry));
  return world;
}
