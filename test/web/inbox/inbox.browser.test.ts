import type { Page } from 'playwright-core';
import { PHONE } from '../support/browser.ts';
import { useFixtureBrowser } from '../support/browser-test.ts';

const fixture = useFixtureBrowser();

const thread = (page: Page) => page.getByRole('log', { name: 'Berichten' });
const row = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(name) });
const posted = (path: string) => fixture.world.requests.filter((request) => request.path === path);

test('opening a conversation shows what was said and marks it read', async () => {
  const { page, complaints } = await fixture.visit('/inbox');
  await row(page, 'Sanne Bakker').click();
  await thread(page).getByText('En kan ik morgen rond 11 uur langskomen?').waitFor();
  await row(page, 'Sanne Bakker').getByRole('img', { name: '2 ongelezen' }).waitFor({ state: 'detached' });
  await thread(page).getByText('3 berichten → 1 antwoord').waitFor();
  expect(posted('/conversations/c_sanne/read')).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test('a message that comes in appears by itself, in the list, in the thread and in the tab’s title', async () => {
  const { page } = await fixture.visit('/inbox/c_omar');
  await thread(page).getByText('Van voor, vooral links').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  fixture.world.addMessage('c_omar', 'customer', 'Half vier is prima!');
  fixture.world.addMessage('c_eva', 'customer', 'Nog een vraag');
  await thread(page).getByText('Half vier is prima!').waitFor();
  await row(page, 'Eva Smit').getByText('Nog een vraag').waitFor();
  await page.waitForFunction('document.title.startsWith("(4)")');
});

test('Enter sends at once, Shift+Enter starts a new line, and the ticks follow', async () => {
  const { page } = await fixture.visit('/inbox/c_omar');
  const composer = page.getByRole('textbox', { name: 'Je bericht' });
  await composer.fill('Tot straks');
  await composer.press('Shift+Enter');
  await composer.pressSequentially('Kim');
  await composer.press('Enter');
  const sent = thread(page).getByRole('article').filter({ hasText: 'Tot straks' });
  await sent.getByRole('img', { name: 'Bezorgd' }).waitFor();
  expect(await composer.inputValue()).toBe('');
  expect(await sent.count()).toBe(1);
  const [request] = posted('/conversations/messages');
  expect(request?.body).toMatchObject({ conversationId: 'c_omar', text: 'Tot straks\nKim' });
});

test('when sending is refused, the words come back and the reason is said', async () => {
  fixture.world.failures.set('POST /api/conversations/messages', { status: 409, code: 'message.opted_out', message: 'Opted out.' });
  const { page } = await fixture.visit('/inbox/c_omar');
  const composer = page.getByRole('textbox', { name: 'Je bericht' });
  await composer.fill('Bent u er nog?');
  await composer.press('Enter');
  await page.getByRole('alert').getByText('Deze klant heeft zich afgemeld', { exact: false }).waitFor();
  expect(await composer.inputValue()).toBe('Bent u er nog?');
  expect(await thread(page).getByText('Bent u er nog?').count()).toBe(0);
});

test('taking over and handing back say who answers', async () => {
  const { page } = await fixture.visit('/inbox/c_sanne');
  await page.getByRole('button', { name: 'Overnemen' }).click();
  await page.getByText('Jij antwoordt.').waitFor();
  await page.getByText('Wacht op het team').waitFor();
  await page.getByRole('button', { name: 'Teruggeven' }).click();
  await page.getByText('De assistent antwoordt.').waitFor();
  expect(fixture.world.requests.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/conversations/c_sanne/takeover', '/conversations/c_sanne/handback']),
  );
});

test('when taking over fails, the assistant is shown as the one who still answers', async () => {
  fixture.world.failures.set('POST /api/conversations/c_sanne/takeover', { status: 503, code: 'workflow.unreachable', message: 'No worker.' });
  const { page } = await fixture.visit('/inbox/c_sanne');
  await page.getByRole('button', { name: 'Overnemen' }).click();
  await page.getByText('Er antwoordt nu geen worker', { exact: false }).waitFor();
  await page.getByText('De assistent antwoordt.').waitFor();
});

test('a message that was not delivered says why in words and code, and is really sent again', async () => {
  const { page } = await fixture.visit('/inbox/c_lotte');
  await page.getByText('De telefoon staat uit of heeft geen bereik', { exact: false }).waitFor();
  await page.getByText('Twilio-code 30003', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Opnieuw versturen' }).click();
  await thread(page).getByRole('img', { name: 'Bezorgd' }).waitFor();
  expect(posted('/conversations/c_lotte/messages/c_lotte.1/retry')).toHaveLength(1);
});

test('outside WhatsApp’s 24 hours nobody can write, and the page says until when it was possible', async () => {
  const { page } = await fixture.visit('/inbox/c_bram');
  await page.getByText('De 24 uur van WhatsApp zijn voorbij').waitFor();
  await page.getByText('(Europe/Amsterdam). Vrije tekst', { exact: false }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Je bericht' }).count()).toBe(0);
});

test('within the 24 hours a countdown shows how long is left, by the installation’s clock', async () => {
  fixture.world.offsetMs = 23 * 3_600_000;
  const { page } = await fixture.visit('/inbox/c_sanne');
  await page.getByText(/Vrije tekst kan nog 58 min/).waitFor();
});

test('the keyboard moves through the list, opens, replies and takes over', async () => {
  const { page } = await fixture.visit('/inbox');
  await row(page, 'Sanne Bakker').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/inbox\/c_omar/);
  await page.getByText('Jij antwoordt.').waitFor();
  await page.keyboard.press('t');
  await page.getByText('De assistent antwoordt.').waitFor();
  await page.keyboard.press('r');
  await page.keyboard.type('jj');
  expect(await page.getByRole('textbox', { name: 'Je bericht' }).inputValue()).toBe('jj');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('lotte');
  await page.waitForURL(/q=lotte/);
  await row(page, 'Sanne Bakker').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog').getByText('Sneltoetsen aan').waitFor();
});

test('filters stand in the address, survive a reload and can be taken off one by one', async () => {
  const { page } = await fixture.visit('/inbox');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sms' }).click();
  await page.waitForURL(/channel=sms/);
  await page.reload();
  await row(page, 'Lotte Visser').waitFor();
  expect(await row(page, 'Sanne Bakker').count()).toBe(0);
  await page.getByRole('button', { name: 'Filter verwijderen: Sms' }).click();
  await row(page, 'Sanne Bakker').waitFor();
  expect(page.url()).not.toContain('channel');
});

test('older messages come while scrolling up, and the reader keeps their place', async () => {
  const { page } = await fixture.visit('/inbox/c_long');
  await thread(page).getByText('Bericht 90 van').waitFor();
  expect(await thread(page).getByText('Bericht 50 van').count()).toBe(0);
  await thread(page).evaluate((element: { scrollTop: number }) => {
    element.scrollTop = 0;
  });
  await thread(page).getByText('Bericht 50 van').waitFor();
  expect(await thread(page).evaluate((element: { scrollTop: number }) => element.scrollTop)).toBeGreaterThan(200);
});

test('the list loads on while scrolling down', async () => {
  const { page } = await fixture.visit('/inbox');
  await row(page, 'Sanne Bakker').waitFor();
  await page.mouse.move(200, 500);
  await expect(
    (async () => {
      for (let turns = 0; turns < 40 && (await row(page, 'Daan Mulder').count()) === 0; turns += 1) {
        await page.mouse.wheel(0, 1_200);
        await page.waitForTimeout(60);
      }
      return row(page, 'Daan Mulder').count();
    })(),
  ).resolves.toBe(1);
});

test('"why this reply" shows what was understood, looked up and used', async () => {
  const { page } = await fixture.visit('/inbox/c_sanne', { locale: 'en-GB' });
  await page.getByRole('button', { name: 'Why this reply' }).last().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('Looking for a car').waitFor();
  await drawer.getByText('Sure · 91%').waitFor();
  await drawer.getByText('search_listings').waitFor();
});

test('forgetting asks first, since it cannot be undone', async () => {
  const { page } = await fixture.visit('/inbox/c_sanne');
  await page.getByRole('button', { name: 'Laat de assistent vergeten' }).click();
  await page.getByRole('dialog').getByText('kan niet ongedaan', { exact: false }).waitFor();
  expect(posted('/conversations/c_sanne/reset-context')).toHaveLength(0);
  await page.getByRole('button', { name: 'Vergeten', exact: true }).click();
  await page.getByText('De assistent begint met het volgende bericht opnieuw.').waitFor();
  await page.getByText('Onthoudt vanaf').waitFor();
});

test('when the server fails, the page says so in words with the request to name, and tries again on demand', async () => {
  fixture.world.failures.set('GET /api/conversations', { status: 500, code: 'internal', message: 'boom' });
  const { page } = await fixture.visit('/inbox');
  await page.getByText('Er ging iets mis aan onze kant.', { exact: false }).waitFor();
  await page.getByText(/Verzoek req_/).waitFor();
  fixture.world.failures.clear();
  await page.getByRole('button', { name: 'Opnieuw proberen' }).click();
  await row(page, 'Sanne Bakker').waitFor();
});

test('on a phone the list, the thread and the details are screens of their own', async () => {
  const { page } = await fixture.visit('/inbox', { viewport: PHONE, hasTouch: true, isMobile: true });
  await row(page, 'Sanne Bakker').tap();
  await thread(page).getByText('En kan ik morgen').waitFor();
  expect(await row(page, 'Omar El Idrissi').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Details' }).tap();
  await page.getByRole('dialog').getByText('Openen in Temporal').waitFor();
  await page.getByRole('button', { name: 'Sluiten' }).tap();
  await page.getByRole('link', { name: 'Terug naar de lijst' }).tap();
  await row(page, 'Omar El Idrissi').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
});

test('somebody who is not signed in is told how to get in', async () => {
  fixture.world.signedIn = false;
  const { page } = await fixture.visit('/inbox');
  await page.getByRole('heading', { name: 'Je bent niet ingelogd' }).waitFor();
});

test('the language follows the browser and can be switched', async () => {
  const { page } = await fixture.visit('/inbox', { locale: 'en-GB' });
  await page.getByText('Needs attention').waitFor();
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: 'Nederlands' }).click();
  await page.getByText('Aandacht nodig').waitFor();
  await page.reload();
  await page.getByText('Aandacht nodig').waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('nl');
});
