/** The n-th customer's phone; nothing is dialled. */
export const phoneOf = (customer: number): string => `+3161${String(customer).padStart(7, '0')}`;

/** Questions the built-in assistant always answers itself, so that no customer ends up with staff. */
const QUESTIONS = ['Wat zijn jullie openingstijden?', 'Ik zoek een Volkswagen Golf', 'Wat is jullie adres?', 'Hebben jullie een Toyota Yaris?'];

export const questionOf = (n: number): string => QUESTIONS[n % QUESTIONS.length] ?? '';
