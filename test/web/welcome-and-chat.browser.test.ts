import { useFixtureBrowser } from './support/browser-test.ts';

const fixture = useFixtureBrowser();

test('a sign-in link signs in, leads to the inbox and leaves no token in the address', async () => {
  fixture.world.signedIn = false;
  const { page, complaints } = await fixture.visit('/welcome?t=good-token');
  await page.getByRole('link', { name: /Sanne Bakker/ }).waitFor();
  expect(page.url()).toMatch(/\/inbox$/);
  expect(complaints).toEqual([]);
});

test('a used link says so and how to get a new one', async () => {
  fixture.world.signedIn = false;
  const { page } = await fixture.visit('/welcome?t=used-token', { locale: 'en-GB' });
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
  await page.getByText('npm run status').waitFor();
  expect(page.url()).not.toContain('used-token');
});

test('a link without its token is called incomplete', async () => {
  const { page } = await fixture.visit('/welcome');
  await page.getByRole('heading', { name: 'De link is niet compleet' }).waitFor();
});

test('a web chat answers after "again", with suggestions, and goes on after a reload', async () => {
  const { page } = await fixture.visit('/chat-demo?business=biz_garage');
  await page.getByRole('textbox', { name: 'Je bericht' }).fill('Zijn jullie zaterdag open?');
  await page.getByRole('textbox', { name: 'Je bericht' }).press('Enter');
  await page.getByText('Zaterdag zijn we open van 10:00 tot 16:00.').waitFor();
  await page.getByRole('button', { name: 'Afspraak maken' }).waitFor();
  const sends = fixture.world.requests.filter(({ path }) => path === '/chat/send').map(({ body }) => body as { messageId: string });
  expect(sends).toHaveLength(2);
  expect(sends[0]?.messageId).toBe(sends[1]?.messageId);
  await page.reload();
  await page.getByText('Zaterdag zijn we open van 10:00 tot 16:00.').waitFor();
  expect(await page.getByText('Zijn jullie zaterdag open?').count()).toBe(1);
});

test('too many messages are answered in words, and the message can be sent again', async () => {
  const { page } = await fixture.visit('/chat-demo?business=biz_garage');
  await page.getByRole('textbox', { name: 'Je bericht' }).fill('too fast');
  await page.getByRole('textbox', { name: 'Je bericht' }).press('Enter');
  await page.getByRole('alert').getByText('Wacht 17 seconden', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Opnieuw proberen' }).waitFor();
});

test('without a business the visitor picks one', async () => {
  const { page } = await fixture.visit('/chat-demo');
  await page.getByRole('link', { name: /Bright Smile Dental/ }).click();
  await page.waitForURL(/business=biz_dentist/);
});
