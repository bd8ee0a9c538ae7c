import type { BusinessProfile, OpeningHours } from '#domain/business/profile';
import { DEMO_CARS } from './demo-cars.ts';

export type DemoBusiness = Omit<BusinessProfile, 'id'> & {
  /** The end of the business's fixed id, and of the addresses it is found at. */
  slug: string;
};

const day = (...times: readonly `${string}-${string}`[]): { opens: string; closes: string }[] =>
  times.map((time) => {
    const [opens = '', closes = ''] = time.split('-');
    return { opens, closes };
  });

const DEALER_HOURS: OpeningHours = {
  1: day('08:30-18:00'),
  2: day('08:30-18:00'),
  3: day('08:30-18:00'),
  4: day('08:30-20:00'),
  5: day('08:30-18:00'),
  6: day('10:00-17:00'),
  0: [],
};
const PLUMBER_HOURS: OpeningHours = {
  1: day('07:30-17:00'),
  2: day('07:30-17:00'),
  3: day('07:30-17:00'),
  4: day('07:30-17:00'),
  5: day('07:30-16:00'),
  6: [],
  0: [],
};
const DENTIST_HOURS: OpeningHours = {
  1: day('08:30-12:30', '13:30-17:30'),
  2: day('08:30-12:30', '13:30-17:30'),
  3: day('08:30-12:30', '13:30-19:00'),
  4: day('08:30-12:30', '13:30-17:30'),
  5: day('08:30-14:00'),
  6: [],
  0: [],
};

/**
 * The businesses of test mode. Every name, address and number is invented; the British number is from Ofcom's range
 * for drama, the Dutch ones are machine numbers that ring nowhere.
 */
export const DEMO_BUSINESSES: readonly DemoBusiness[] = [
  {
    slug: 'de-vries',
    name: 'Autobedrijf De Vries',
    trade: 'car_dealer',
    timeZone: 'Europe/Amsterdam',
    locale: 'nl',
    hours: DEALER_HOURS,
    address: 'Voorbeeldweg 12, 3500 ZZ Utrecht',
    numbers: [{ e164: '+3197010200001', channels: ['whatsapp', 'sms'] }],
    cars: [...DEMO_CARS],
  },
  {
    slug: 'jansen',
    name: 'Loodgieter Jansen',
    trade: 'plumber',
    timeZone: 'Europe/Amsterdam',
    locale: 'nl',
    hours: PLUMBER_HOURS,
    address: 'Proefstraat 3, 3800 ZZ Amersfoort',
    numbers: [{ e164: '+3197010200002', channels: ['whatsapp', 'sms'] }],
    cars: [],
  },
  {
    slug: 'brightside',
    name: 'Brightside Dental',
    trade: 'dentist',
    timeZone: 'Europe/London',
    locale: 'en',
    hours: DENTIST_HOURS,
    address: '1 Sample Street, Leeds LS1 0ZZ',
    numbers: [{ e164: '+447700900123', channels: ['sms', 'whatsapp'] }],
    cars: [],
  },
];
