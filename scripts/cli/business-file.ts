import { z } from 'zod';
import type { BusinessNumber, OpeningHours } from '#domain/business/profile';
import type { NewBusiness } from '#models/businesses.repository';
import type { Config } from '#platform/config';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 08:30');
const Intervals = z.array(z.strictObject({ opens: Time, closes: Time }).refine(({ opens, closes }) => opens < closes, 'must close after it opens'));

const Car = z.strictObject({
  id: z.string().min(1),
  brand: z.string().min(1),
  model: z.string().min(1),
  year: z.int().min(1900).max(2100),
  fuel: z.enum(['petrol', 'diesel', 'hybrid', 'electric']),
  mileageKm: z.int().min(0),
  /** Minor units: 1895000 is 18,950. */
  price: z.int().min(0),
  currency: z.enum(['EUR', 'GBP']),
  city: z.string().min(1),
});

/** A business as its owner writes it down; deploy/business.example.json shows one. */
export const BusinessFile = z.strictObject({
  name: z.string().min(1).max(120),
  trade: z.enum(['car_dealer', 'plumber', 'dentist', 'other']),
  timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Amsterdam'),
  locale: z.enum(['nl', 'en']),
  address: z.string().min(1).optional(),
  hours: z.partialRecord(z.enum(WEEKDAYS), Intervals),
  cars: z.array(Car).default([]),
  owner: z.strictObject({ name: z.string().min(1).max(120), email: z.email() }),
});
export type BusinessFile = z.infer<typeof BusinessFile>;

/** The business a file and the Twilio settings describe together. */
export function newBusinessFrom({ owner: _owner, hours, ...profile }: BusinessFile, config: Config): NewBusiness {
  const { twilioAccountSid: accountSid, twilioAuthToken: authToken } = config;
  return {
    ...profile,
    hours: Object.fromEntries(WEEKDAYS.flatMap((name, day) => (hours[name] ? [[day, hours[name]]] : []))) as OpeningHours,
    numbers: numbersOf(config),
    ...(accountSid !== undefined && authToken !== undefined && { twilio: { accountSid, authToken } }),
  };
}

/** One number may serve both channels. */
function numbersOf({ twilioPhoneNumber, twilioWhatsappNumber }: Config): BusinessNumber[] {
  const numbers = new Map<string, BusinessNumber>();
  const add = (e164: string | undefined, channel: 'sms' | 'whatsapp') => {
    if (e164 !== undefined) numbers.set(e164, { e164, channels: [...(numbers.get(e164)?.channels ?? []), channel] });
  };
  add(twilioPhoneNumber, 'sms');
  add(twilioWhatsappNumber, 'whatsapp');
  return [...numbers.values()];
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
