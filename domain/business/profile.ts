import type { Channel } from '../channel.ts';
import type { BusinessId } from '../ids.ts';

/** Opening hours per weekday (0 = Sunday), each an interval of local wall time "HH:MM". */
export type OpeningHours = Partial<Record<0 | 1 | 2 | 3 | 4 | 5 | 6, { opens: string; closes: string }[]>>;

/** A car for sale, as the first assistant knows it. */
export interface Car {
  id: string;
  brand: string;
  model: string;
  year: number;
  fuel: 'petrol' | 'diesel' | 'hybrid' | 'electric';
  mileageKm: number;
  /** Minor units of `currency`. */
  price: number;
  currency: 'EUR' | 'GBP';
  city: string;
}

export interface BusinessNumber {
  e164: string;
  channels: Channel[];
}

/** What anyone who answers for the business needs to know; holds no secret. */
export interface BusinessProfile {
  id: BusinessId;
  name: string;
  trade: 'car_dealer' | 'plumber' | 'dentist' | 'other';
  /** IANA zone, for instance Europe/Amsterdam. */
  timeZone: string;
  locale: 'nl' | 'en';
  hours: OpeningHours;
  address?: string;
  numbers: BusinessNumber[];
  cars: Car[];
}
