import { burst } from './demo/burst.story.ts';
import { outage } from './demo/outage.story.ts';
import { findOrStartStack } from './demo/running-stack.ts';
import type { Story } from './demo/scene.ts';
import { createScene } from './demo/scene.ts';
import { sms } from './demo/sms.story.ts';
import { webChat } from './demo/web-chat.story.ts';
import { whatsapp } from './demo/whatsapp.story.ts';
import { loadDotEnv } from './local-stack/environment.mjs';
import { describeFailure } from './local-stack/failure.mjs';

/** `npm run demo -- whatsapp|sms|webchat|burst|outage|all`: plays stories against the running stack and says what held. */
const STORIES = [whatsapp, sms, webChat, burst, outage];

loadDotEnv();
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const stories = wanted.includes('all') ? STORIES : STORIES.filter(({ name }) => wanted.includes(name));
const unknown = wanted.filter((name) => name !== 'all' && !STORIES.some((story) => story.name === name));

if (stories.length === 0 || unknown.length > 0) {
  for (const name of unknown) console.error(`There is no story "${name}".`);
  console.error(
    `Usage: npm run demo -- <story>\n${[...STORIES, { name: 'all', about: 'Every one of them.' }].map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}`,
  );
  process.exitCode = 2;
} else {
  process.exitCode = await playAll(stories).catch((error: unknown) => {
    console.error(describeFailure(error));
    return 1;
  });
}

async function playAll(all: readonly Story[]): Promise<number> {
  const { stack, dispose } = await findOrStartStack();
  let held = 0;
  let broken = 0;
  const tell = (text: string) => console.log(`        ${text}`);
  const check = (claim: string, holds: boolean, otherwise?: string) => {
    if (holds) held += 1;
    else broken += 1;
    console.log(`  ${holds ? 'pass' : 'FAIL'}  ${claim}${holds || !otherwise ? '' : `: ${otherwise}`}`);
  };
  try {
    for (const story of all) {
      console.log(`\n${story.name}: ${story.about}`);
      await story
        .play(createScene(stack, { tell, check }))
        .catch((error: unknown) => check('the story could be played to its end', false, error instanceof Error ? error.message : String(error)));
    }
  } finally {
    await dispose();
  }
  console.log(`\n${held} passed, ${broken} failed`);
  return broken === 0 ? 0 : 1;
}
