import type { Page } from 'playwright-core';
import { PHONE } from '../support/browser.ts';
import { useFixtureBrowser } from '../support/browser-test.ts';

const fixture = useFixtureBrowser();

const phoneOf = (page: Page, name: string) => page.getByRole('region', { name: `Telefoon van ${name}` });
const write = async (page: Page, name: string, text: string) => {
  await phoneOf(page, name).getByRole('textbox').fill(text);
  await phoneOf(page, name).getByRole('textbox').press('Enter');
};
const sent = () => fixture.world.simMessages.filter(({ direction }) => direction === 'inbound').map(({ body }) => body);

test('a phone writes, sees the dots, gets its answer and reads it', async () => {
  const { page, complaints } = await fixture.visit('/phone');
  await write(page, 'Sanne Bakker', 'Ik zoek een Volkswagen Golf');
  const phone = phoneOf(page, 'Sanne Bakker');
  await phone.getByRole('status', { name: 'Er wordt een antwoord verwacht' }).waitFor();
  await phone.getByText('We hebben twee Golfs staan', { exact: false }).waitFor();
  await phone.getByRole('status', { name: 'Er wordt een antwoord verwacht' }).waitFor({ state: 'detached' });
  await phone.getByRole('img', { name: 'Gelezen' }).waitFor();
  await phone.getByText('Twilio: read').waitFor();
  expect(fixture.world.simMessages[0]?.from).toBe('whatsapp:+31612345678');
  expect(complaints).toEqual([]);
});

test('a suggested answer is tapped instead of typed', async () => {
  const { page } = await fixture.visit('/phone');
  await write(page, 'Sanne Bakker', 'Hoi');
  await phoneOf(page, 'Sanne Bakker').getByRole('button', { name: 'Proefrit plannen' }).click();
  await phoneOf(page, 'Sanne Bakker').getByRole('log').getByText('Proefrit plannen', { exact: true }).waitFor();
  expect(sent()).toEqual(['Hoi', 'Proefrit plannen']);
});

test('five quick messages, a double webhook and a wrong order are one tap each', async () => {
  const { page } = await fixture.visit('/phone');
  const phone = phoneOf(page, 'Sanne Bakker');
  const tap = async (way: string) => {
    await phone.getByRole('button', { name: 'Andere manieren van versturen' }).click();
    await page.getByRole('menuitem', { name: way }).click();
  };
  await tap('Stuur 5 berichten snel na elkaar');
  await phone.getByText('Hebben jullie die?').waitFor();
  await tap('Stuur dubbel (dubbele webhook)');
  await phone.getByText('Hallo?').waitFor();
  await tap('Stuur er 2 in verkeerde volgorde');
  await phone.getByText('En zondag?').waitFor();
  await phone.getByText('Zijn jullie zaterdag open?').waitFor();
  expect(sent()).toEqual([
    'Hoi',
    'Ik zoek een auto',
    'Liefst een Volkswagen Golf',
    'Benzine, vanaf 2018',
    'Hebben jullie die?',
    'Hallo?',
    'Zijn jullie zaterdag open?',
    'En zondag?',
  ]);
});

test('a phone can be added, stays after a reload and can be taken away', async () => {
  const { page } = await fixture.visit('/phone');
  await page.getByRole('button', { name: 'Telefoon erbij' }).first().click();
  await page.getByLabel('Van wie is de telefoon?').fill('Ada');
  await page.getByLabel('Telefoonnummer').fill('06 1111 2222');
  await page.getByRole('button', { name: 'Toevoegen' }).click();
  await phoneOf(page, 'Ada').waitFor();
  await page.reload();
  await phoneOf(page, 'Ada').getByRole('button', { name: 'Alle chats' }).click();
  await phoneOf(page, 'Ada').getByText('+31 6 1111 2222').waitFor();
  await phoneOf(page, 'Ada').getByRole('button', { name: 'Instellingen van de telefoon van Ada' }).click();
  await page.getByRole('menuitem', { name: 'Deze telefoon weghalen' }).click();
  await phoneOf(page, 'Ada').waitFor({ state: 'detached' });
});

test('each phone has WhatsApp and SMS with every business', async () => {
  const { page } = await fixture.visit('/phone');
  const phone = phoneOf(page, 'Sanne Bakker');
  await phone.getByRole('button', { name: 'Alle chats' }).click();
  await phone
    .getByRole('button', { name: /Bright Smile Dental.*/ })
    .last()
    .click();
  await write(page, 'Sanne Bakker', 'STOP');
  await phone.getByRole('log').getByText('STOP').waitFor();
  expect(fixture.world.simMessages[0]).toMatchObject({ from: '+31612345678', to: '+447480700001', body: 'STOP' });
});

test('faults are switched on in words, counted, and all off with one button', async () => {
  const { page } = await fixture.visit('/phone?panel=faults');
  const tooMany = page.getByRole('switch', { name: /te veel verzoeken/ });
  await tooMany.click({ force: true });
  await page.getByText('0 keer toegeslagen').waitFor();
  expect(await tooMany.isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Alles uit' }).click();
  await page.getByText('0 keer toegeslagen').waitFor({ state: 'detached' });
  expect(await tooMany.isChecked()).toBe(false);
});

test('the inspector shows every webhook with its answer, and sends one again', async () => {
  const { page } = await fixture.visit('/phone');
  await write(page, 'Sanne Bakker', 'Hoi');
  const inspector = page.getByRole('complementary', { name: 'Achter de telefoons' });
  await inspector.getByRole('button', { name: /Bericht in.*Hoi/ }).click();
  await inspector.getByText('x-twilio-signature').waitFor();
  await inspector.getByText('<Response></Response>').waitFor();
  await inspector.getByRole('button', { name: 'Kopieer als curl' }).waitFor();
  await inspector.getByRole('button', { name: 'Opnieuw sturen' }).click();
  await inspector
    .getByRole('button', { name: /Bericht in.*Hoi/ })
    .nth(1)
    .waitFor();
});

test('the clock jumps over WhatsApp’s 24 hours and back', async () => {
  const { page } = await fixture.visit('/phone');
  await page.getByRole('button', { name: /^\d\d:\d\d$/ }).click();
  await page.getByRole('menuitem', { name: '25 uur vooruit' }).click();
  await page.getByRole('button', { name: /^\d+ \w+.*, \d\d:\d\d$/ }).click();
  expect(fixture.world.offsetMs).toBe(25 * 3_600_000);
  await page.getByRole('menuitem', { name: 'Terug naar de echte tijd' }).click();
  await page.getByRole('button', { name: /^\d\d:\d\d$/ }).waitFor();
});

test('a chat leads to its conversation in the inbox', async () => {
  const { page } = await fixture.visit('/phone');
  await write(page, 'Sanne Bakker', 'Hoi');
  await phoneOf(page, 'Sanne Bakker').getByRole('link', { name: 'De workflow openen in Temporal' }).waitFor();
  await phoneOf(page, 'Sanne Bakker').getByRole('link', { name: 'Openen in de inbox' }).click();
  await page.waitForURL(/\/inbox\/c_sanne/);
});

test('an inbox link brings its customer’s phone to the table', async () => {
  const { page } = await fixture.visit('/phone?phone=%2B31698765432');
  await phoneOf(page, '+31698765432').waitFor();
});

test('on a phone screen one phone fills the page and nothing sticks out', async () => {
  const { page } = await fixture.visit('/phone', { viewport: PHONE, hasTouch: true, isMobile: true });
  await write(page, 'Sanne Bakker', 'Hoi');
  await phoneOf(page, 'Sanne Bakker').getByText('We hebben twee Golfs staan', { exact: false }).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.getByRole('button', { name: 'Kijk achter de telefoons' }).tap();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Bericht in.*Hoi/ })
    .waitFor();
});
