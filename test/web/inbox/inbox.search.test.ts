import { conversationsQuery, inboxSearchSchema, isFiltered, textSearch } from '#web/inbox/inbox.search';

test('an address with filters nobody knows opens the inbox as if they were not chosen', () => {
  expect(inboxSearchSchema.parse({ status: 'sideways', channel: 'whatsapp', unread: 'maybe', q: 12 })).toEqual({
    status: undefined,
    channel: 'whatsapp',
    unread: undefined,
    q: '12',
  });
});

test('what looks like a phone number or an e-mail is searched exactly, the rest as a name', () => {
  expect(textSearch('+31 6 1234 5678')).toEqual({ phone: '+31612345678' });
  expect(textSearch('0031612345678')).toEqual({ phone: '+31612345678' });
  expect(textSearch('06-12345678')).toEqual({ phone: '0612345678' });
  expect(textSearch('sanne@example.nl')).toEqual({ email: 'sanne@example.nl' });
  expect(textSearch(' Sanne ')).toEqual({ q: 'Sanne' });
});

test('one letter is not searched', () => {
  expect(textSearch('s')).toEqual({});
});

test('the filters travel to the server together with the page', () => {
  expect(conversationsQuery({ channel: 'sms', unread: true, q: 'Bakker' }, 'abc')).toBe('channel=sms&unread=true&q=Bakker&cursor=abc');
  expect(conversationsQuery({}, null)).toBe('');
});

test('an inbox without any filter is not called filtered', () => {
  expect(isFiltered(inboxSearchSchema.parse({}))).toBe(false);
  expect(isFiltered({ attention: true })).toBe(true);
});
