import { createClock, parseDurationMs, rfc2822 } from '../../simulator/clock.ts';

describe('the simulated clock', () => {
  it.each([
    [1_500, 1_500],
    ['1500', 1_500],
    ['90s', 90_000],
    ['25h', 90_000_000],
    ['1.5d', 129_600_000],
    ['PT25H', 90_000_000],
    ['P1DT2H', 93_600_000],
    ['P1W', 604_800_000],
    ['-PT1M', -60_000],
  ])('%j is %d ms', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each(['', 'P', 'soon', '5 years', Number.NaN])('%j is no duration', (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
  });

  it('goes with real time plus what it was moved', () => {
    const clock = createClock();
    clock.advance(3_600_000);
    expect(Math.abs(clock.now().getTime() - Date.now() - 3_600_000)).toBeLessThan(100);
    clock.reset();
    expect(clock.offsetMs()).toBe(0);
  });

  it("writes dates as Twilio's 2010 API does", () => {
    expect(rfc2822(new Date('2023-08-24T05:01:45.678Z'))).toBe('Thu, 24 Aug 2023 05:01:45 +0000');
  });
});
