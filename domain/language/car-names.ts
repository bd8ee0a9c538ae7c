/** Brands and models people ask for, whether or not one is for sale; models are written the way `wordsOf` writes them, joined. */
export interface KnownBrand {
  name: string;
  aliases?: readonly string[];
  models: readonly string[];
}

export const KNOWN_BRANDS: readonly KnownBrand[] = [
  { name: 'Alfa Romeo', aliases: ['alfa'], models: ['Giulia', 'Giulietta', 'Stelvio', 'Mito', 'Tonale'] },
  { name: 'Audi', models: ['A1', 'A3', 'A4', 'A5', 'A6', 'Q2', 'Q3', 'Q4', 'Q5', 'Q7', 'e-tron', 'TT'] },
  { name: 'BMW', aliases: ['bmv'], models: ['1 Serie', '2 Serie', '3 Serie', '4 Serie', '5 Serie', 'X1', 'X2', 'X3', 'X5', 'i3', 'i4', 'iX', 'iX1', 'iX3'] },
  { name: 'BYD', models: ['Atto 3', 'Dolphin', 'Seal'] },
  { name: 'Citroën', aliases: ['citroen', 'citroan'], models: ['C1', 'C3', 'C4', 'C5', 'Berlingo', 'Picasso', 'Cactus'] },
  { name: 'Cupra', models: ['Born', 'Formentor', 'Ateca'] },
  { name: 'Dacia', models: ['Sandero', 'Duster', 'Jogger', 'Spring', 'Logan'] },
  { name: 'DS', models: ['DS3', 'DS4', 'DS7'] },
  { name: 'Fiat', models: ['500', '500e', '500X', 'Panda', 'Punto', 'Tipo', 'Doblo'] },
  { name: 'Ford', models: ['Fiesta', 'Focus', 'Kuga', 'Puma', 'Mondeo', 'Ka', 'Mustang', 'EcoSport', 'Transit', 'C-Max', 'S-Max'] },
  { name: 'Honda', models: ['Civic', 'Jazz', 'CR-V', 'HR-V', 'Honda e'] },
  { name: 'Hyundai', aliases: ['hyunday', 'hundai'], models: ['i10', 'i20', 'i30', 'Kona', 'Tucson', 'Ioniq', 'Ioniq 5', 'Bayon', 'Santa Fe'] },
  { name: 'Jaguar', models: ['XE', 'XF', 'E-Pace', 'F-Pace', 'I-Pace'] },
  { name: 'Jeep', models: ['Renegade', 'Compass', 'Avenger', 'Wrangler'] },
  { name: 'Kia', models: ['Picanto', 'Rio', 'Ceed', 'Niro', 'Sportage', 'Stonic', 'EV6', 'e-Niro', 'Sorento', 'Soul', 'XCeed'] },
  { name: 'Land Rover', aliases: ['landrover', 'range rover', 'rangerover'], models: ['Defender', 'Discovery', 'Evoque', 'Velar', 'Freelander'] },
  { name: 'Lexus', models: ['CT', 'NX', 'RX', 'UX'] },
  { name: 'Lynk & Co', aliases: ['lynk', 'lynk co', 'lynkco'], models: [] },
  { name: 'Mazda', models: ['CX-3', 'CX-30', 'CX-5', 'MX-5', 'Mazda2', 'Mazda3', 'Mazda6'] },
  { name: 'Mercedes-Benz', aliases: ['mercedes', 'mercedesbenz', 'merc', 'benz'], models: ['A-Klasse', 'B-Klasse', 'C-Klasse', 'E-Klasse', 'CLA', 'GLA', 'GLC', 'EQA', 'EQC', 'Sprinter', 'Vito'] },
  { name: 'MG', models: ['MG4', 'MG5', 'ZS', 'Marvel'] },
  { name: 'MINI', aliases: ['mini cooper'], models: ['Cooper', 'Countryman', 'Clubman'] },
  { name: 'Mitsubishi', models: ['Outlander', 'Colt', 'ASX', 'Space Star', 'Eclipse'] },
  { name: 'Nissan', models: ['Leaf', 'Juke', 'Micra', 'Qashqai', 'Note', 'X-Trail', 'Ariya'] },
  { name: 'Opel', aliases: ['vauxhall'], models: ['Corsa', 'Astra', 'Mokka', 'Crossland', 'Grandland', 'Insignia', 'Karl', 'Adam', 'Zafira', 'Vivaro'] },
  { name: 'Peugeot', aliases: ['peugot', 'pugeot'], models: ['107', '108', '206', '207', '208', '308', '508', '2008', '3008', '5008', 'Partner', 'Rifter'] },
  { name: 'Polestar', models: ['Polestar 2'] },
  { name: 'Porsche', models: ['911', 'Cayenne', 'Macan', 'Panamera', 'Taycan'] },
  { name: 'Renault', aliases: ['reno'], models: ['Clio', 'Captur', 'Megane', 'Zoe', 'Twingo', 'Kadjar', 'Scenic', 'Austral', 'Arkana', 'Kangoo'] },
  { name: 'Saab', models: ['9-3', '9-5'] },
  { name: 'Seat', models: ['Ibiza', 'Leon', 'Arona', 'Ateca', 'Mii', 'Tarraco', 'Alhambra'] },
  { name: 'Skoda', models: ['Octavia', 'Fabia', 'Superb', 'Kodiaq', 'Karoq', 'Kamiq', 'Enyaq', 'Scala', 'Citigo', 'Rapid'] },
  { name: 'Smart', models: ['Fortwo', 'Forfour'] },
  { name: 'Subaru', models: ['Forester', 'Impreza', 'Outback', 'XV'] },
  { name: 'Suzuki', models: ['Swift', 'Vitara', 'Ignis', 'S-Cross', 'Alto', 'Jimny', 'Celerio'] },
  { name: 'Tesla', models: ['Model 3', 'Model Y', 'Model S', 'Model X'] },
  { name: 'Toyota', models: ['Yaris', 'Yaris Cross', 'Aygo', 'Corolla', 'C-HR', 'RAV4', 'Prius', 'Auris', 'bZ4X', 'Camry'] },
  { name: 'Volkswagen', aliases: ['vw', 'wolkswagen', 'volkswagon', 'volswagen'], models: ['Golf', 'Polo', 'Passat', 'Tiguan', 'T-Roc', 'T-Cross', 'Touran', 'Up', 'Caddy', 'Arteon', 'Sharan', 'Transporter', 'ID.3', 'ID.4', 'ID.5', 'ID.7', 'ID Buzz', 'Taigo', 'Touareg'] },
  { name: 'Volvo', models: ['V40', 'V50', 'V60', 'V70', 'V90', 'XC40', 'XC60', 'XC90', 'S60', 'S90', 'C40', 'EX30'] },
];

/** Brand and model names that are also everyday words: they count only beside a brand, or when somebody says they look for a car. */
export const EVERYDAY_NAMES: ReadonlySet<string> = new Set(['up', 'ka', 'note', 'leaf', 'focus', 'swift', 'jazz', 'spring', 'soul', 'go', 'partner', 'smart', 'mini', 'ds', 'tt', 'colt', 'born', 'seal', 'seat', 'rio', 'ct', 'scala', 'rapid', 'logan', 'adam', 'tipo', 'cooper', '107', '108', '206', '207', '208', '308', '508', '500', '911', '2008', '3008', '5008', 'discovery', 'defender', 'compass', 'reno', 'merc', 'karl', 'alto', 'marvel', 'scenic', 'partner', 'transporter', 'spacestar', 'benz']);
