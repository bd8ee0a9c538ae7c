import { createReplies } from '../../bench/load/reply-watch.ts';

const WITHIN_MS = 1_000;

it('one reply answers all that the customer wrote before it, and nothing after', async () => {
  const replies = createReplies();
  const [first, second, third] = ['SM1', 'SM2', 'SM3'].map((sid) => replies.of(1, sid, WITHIN_MS));
  replies.note('SM2', 500);
  expect(await Promise.all([first, second])).toEqual([500, 500]);
  replies.note('SM3', 700);
  expect(await third).toBe(700);
});

it("another customer's reply answers nobody else", async () => {
  const replies = createReplies();
  const waiting = replies.of(1, 'SM1', 30);
  const answered = replies.of(2, 'SM2', WITHIN_MS);
  replies.note('SM2', 500);
  expect(await answered).toBe(500);
  await expect(waiting).rejects.toThrow('no answer within 30 ms');
});
