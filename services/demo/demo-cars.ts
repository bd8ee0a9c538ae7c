import type { Car } from '#domain/business/profile';

type Row = readonly [brand: string, model: string, year: number, fuel: Car['fuel'], mileageKm: number, euros: number, city: string];

/** The stock of the demo car dealer: invented cars at believable prices. */
const ROWS: readonly Row[] = [
  ['Volkswagen', 'Golf 8 1.5 eTSI Style', 2021, 'hybrid', 45_300, 23_950, 'Utrecht'],
  ['Volkswagen', 'Golf 8 1.0 TSI Life', 2020, 'petrol', 61_200, 18_750, 'Utrecht'],
  ['Volkswagen', 'Golf 8 GTE', 2022, 'hybrid', 38_900, 28_450, 'Amersfoort'],
  ['Volkswagen', 'Golf 7 1.4 TSI Highline', 2018, 'petrol', 88_100, 15_450, 'Utrecht'],
  ['Volkswagen', 'Golf 7 2.0 TDI Comfortline', 2017, 'diesel', 142_600, 11_950, 'Amersfoort'],
  ['Volkswagen', 'Polo 1.0 TSI Comfortline', 2019, 'petrol', 54_700, 13_950, 'Utrecht'],
  ['Volkswagen', 'ID.3 Pro Performance', 2022, 'electric', 41_500, 24_900, 'Utrecht'],
  ['Volkswagen', 'Tiguan 1.5 TSI Elegance', 2021, 'petrol', 57_800, 29_950, 'Amersfoort'],
  ['Peugeot', '208 1.2 PureTech Active', 2021, 'petrol', 32_400, 15_950, 'Utrecht'],
  ['Peugeot', 'e-208 GT', 2022, 'electric', 28_300, 19_850, 'Utrecht'],
  ['Peugeot', '2008 1.2 PureTech Allure', 2020, 'petrol', 49_900, 17_950, 'Amersfoort'],
  ['Peugeot', '308 SW 1.5 BlueHDi', 2019, 'diesel', 96_400, 13_450, 'Utrecht'],
  ['Toyota', 'Yaris 1.5 Hybrid Active', 2021, 'hybrid', 36_800, 18_450, 'Utrecht'],
  ['Toyota', 'Corolla Touring Sports 1.8 Hybrid', 2020, 'hybrid', 64_100, 21_950, 'Amersfoort'],
  ['Toyota', 'Aygo 1.0 VVT-i X-Play', 2018, 'petrol', 58_700, 8_950, 'Utrecht'],
  ['Toyota', 'C-HR 1.8 Hybrid Dynamic', 2019, 'hybrid', 71_300, 20_450, 'Utrecht'],
  ['Renault', 'Clio 1.0 TCe Zen', 2020, 'petrol', 43_600, 13_250, 'Utrecht'],
  ['Renault', 'Zoe R135 Intens', 2021, 'electric', 39_700, 14_950, 'Amersfoort'],
  ['Renault', 'Captur 1.3 TCe Intens', 2021, 'petrol', 47_200, 17_450, 'Utrecht'],
  ['Kia', 'Picanto 1.0 DynamicLine', 2020, 'petrol', 35_100, 11_450, 'Utrecht'],
  ['Kia', 'e-Niro ExecutiveLine', 2021, 'electric', 58_600, 23_450, 'Utrecht'],
  ['Kia', 'Ceed Sportswagon 1.0 T-GDi', 2019, 'petrol', 78_200, 14_450, 'Amersfoort'],
  ['BMW', '118i Executive', 2020, 'petrol', 52_900, 22_450, 'Utrecht'],
  ['BMW', '320d Touring High Executive', 2018, 'diesel', 119_800, 18_950, 'Amersfoort'],
];

export const DEMO_CARS: readonly Car[] = ROWS.map(([brand, model, year, fuel, mileageKm, euros, city], n) => ({
  id: `car_${String(n + 1).padStart(2, '0')}`,
  brand,
  model,
  year,
  fuel,
  mileageKm,
  price: euros * 100,
  currency: 'EUR',
  city,
}));
