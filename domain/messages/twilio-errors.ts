/**
 * What to do about an error Twilio reports, when an API call is refused or later on a status callback.
 * - retry: never processed, or a passing fault; send again after a short wait
 * - retry_later: worth another try in minutes or hours
 * - unknown: it may have been sent; look before sending again
 * - window: outside WhatsApp's 24 hours; only an approved template gets through
 * - opted_out: the customer said STOP; nothing may be sent until they say START
 * - credentials: our access to the account is refused; nothing is sent until it is repaired
 * - business: somebody at the business must change a setting or a registration
 * - permanent: this message will never arrive
 */
export type TwilioErrorPolicy = 'retry' | 'retry_later' | 'unknown' | 'window' | 'opted_out' | 'credentials' | 'business' | 'permanent';

export interface TwilioErrorRule {
  policy: TwilioErrorPolicy;
  /** One sentence for staff. */
  words: { en: string; nl: string };
}

type Row = readonly [code: number, policy: TwilioErrorPolicy, en: string, nl: string];

const ROWS: readonly Row[] = [
  [11200, 'business', 'Twilio could not reach our webhook.', 'Twilio kon onze webhook niet bereiken.'],
  [11205, 'business', 'Twilio could not connect to our webhook.', 'Twilio kon geen verbinding maken met onze webhook.'],
  [11750, 'permanent', 'Our answer to Twilio was too large.', 'Ons antwoord aan Twilio was te groot.'],
  [12100, 'permanent', 'Twilio could not read our answer.', 'Twilio kon ons antwoord niet lezen.'],
  [12300, 'permanent', 'Our answer to Twilio had the wrong content type.', 'Ons antwoord aan Twilio had het verkeerde type.'],
  [13227, 'business', 'Calls to this country are switched off in the Twilio account.', 'Bellen naar dit land staat uit in het Twilio-account.'],
  [14107, 'permanent', 'Too many automatic replies to one person in a short time.', 'Te veel automatische antwoorden aan één persoon in korte tijd.'],
  [20001, 'permanent', 'Twilio did not accept one of the message’s fields.', 'Twilio accepteerde een van de velden van het bericht niet.'],
  [
    20003,
    'credentials',
    'Twilio refused our credentials; check the account SID and auth token.',
    'Twilio weigerde onze inloggegevens; controleer account-SID en auth-token.',
  ],
  [20404, 'permanent', 'Twilio does not know what was asked for.', 'Twilio kent niet wat er gevraagd werd.'],
  [20429, 'retry', 'Twilio asked us to slow down; the message is sent again.', 'Twilio vroeg ons rustiger te zenden; het bericht wordt opnieuw verstuurd.'],
  [
    20500,
    'unknown',
    'Twilio had an internal error; we check whether the message went out.',
    'Twilio had een interne fout; we kijken na of het bericht verstuurd is.',
  ],
  [
    20503,
    'unknown',
    'Twilio was unavailable; we check whether the message went out.',
    'Twilio was niet beschikbaar; we kijken na of het bericht verstuurd is.',
  ],
  [21211, 'permanent', 'The customer’s number is not valid.', 'Het nummer van de klant is ongeldig.'],
  [21212, 'permanent', 'The number we send from is not valid.', 'Het nummer waarvandaan we sturen is ongeldig.'],
  [21216, 'permanent', 'Twilio blocks calls to this number.', 'Twilio blokkeert gesprekken naar dit nummer.'],
  [21217, 'permanent', 'The phone number does not seem to exist.', 'Het telefoonnummer lijkt niet te bestaan.'],
  [21408, 'business', 'Texting this country is switched off in the Twilio account.', 'Sms naar dit land staat uit in het Twilio-account.'],
  [21422, 'permanent', 'That number is no longer for sale; choose another.', 'Dat nummer is niet meer te koop; kies een ander.'],
  [
    21606,
    'business',
    'The number we send from cannot send this kind of message to this customer.',
    'Het nummer waarvandaan we sturen kan dit soort bericht niet naar deze klant sturen.',
  ],
  [21608, 'business', 'A trial account can only write to verified numbers.', 'Een proefaccount kan alleen naar geverifieerde nummers sturen.'],
  [21610, 'opted_out', 'The customer has unsubscribed by texting STOP.', 'De klant heeft zich afgemeld met STOP.'],
  [21611, 'retry_later', 'Too many messages are waiting to be sent from this number.', 'Er wachten te veel berichten om vanaf dit nummer verstuurd te worden.'],
  [21612, 'permanent', 'This customer cannot be reached by text from this number.', 'Deze klant is vanaf dit nummer niet per sms bereikbaar.'],
  [21614, 'permanent', 'The customer’s number is not a mobile number.', 'Het nummer van de klant is geen mobiel nummer.'],
  [21617, 'permanent', 'The message is longer than 1,600 characters.', 'Het bericht is langer dan 1600 tekens.'],
  [21620, 'permanent', 'Twilio could not use the attachment’s address.', 'Twilio kon het adres van de bijlage niet gebruiken.'],
  [21631, 'business', 'This number needs a registered address.', 'Voor dit nummer is een geregistreerd adres nodig.'],
  [21649, 'business', 'This number needs approved regulatory documents.', 'Voor dit nummer zijn goedgekeurde documenten nodig.'],
  [21703, 'business', 'The messaging service has no number to send from.', 'De berichtendienst heeft geen nummer om vanaf te sturen.'],
  [30001, 'retry_later', 'Twilio’s queue was full.', 'De wachtrij van Twilio was vol.'],
  [30002, 'business', 'The Twilio account is suspended.', 'Het Twilio-account is geblokkeerd.'],
  [30003, 'retry_later', 'The phone is switched off or out of reach.', 'De telefoon staat uit of heeft geen bereik.'],
  [30004, 'permanent', 'The message was blocked by the customer or the carrier.', 'Het bericht is geblokkeerd door de klant of de provider.'],
  [30005, 'permanent', 'The phone number is unknown or no longer in use.', 'Het nummer is onbekend of niet meer in gebruik.'],
  [30006, 'permanent', 'This is a landline or a carrier that takes no texts; call instead.', 'Dit is een vaste lijn of een provider zonder sms; bel liever.'],
  [
    30007,
    'business',
    'The carrier filtered the message as unwanted; review its content.',
    'De provider hield het bericht tegen als ongewenst; bekijk de inhoud.',
  ],
  [30008, 'retry_later', 'The carrier gave no reason for failing.', 'De provider gaf geen reden voor de fout.'],
  [30022, 'retry_later', 'The US registration’s speed limit was reached.', 'De snelheidslimiet van de Amerikaanse registratie is bereikt.'],
  [30023, 'retry_later', 'The US registration’s daily limit was reached.', 'De daglimiet van de Amerikaanse registratie is bereikt.'],
  [30027, 'retry_later', 'T-Mobile’s daily limit was reached.', 'De daglimiet van T-Mobile is bereikt.'],
  [30032, 'business', 'The toll-free number is not verified yet.', 'Het gratis nummer is nog niet geverifieerd.'],
  [30033, 'business', 'The US campaign is suspended.', 'De Amerikaanse campagne is opgeschort.'],
  [30034, 'business', 'The number is not registered for texting in the US.', 'Het nummer is niet geregistreerd voor sms in de VS.'],
  [30035, 'retry_later', 'The number is still being set up.', 'Het nummer wordt nog ingesteld.'],
  [30036, 'permanent', 'The message was not delivered in time and was dropped.', 'Het bericht kon niet op tijd worden bezorgd en is vervallen.'],
  [30410, 'retry_later', 'The carrier did not answer in time.', 'De provider antwoordde niet op tijd.'],
  [30450, 'business', 'Twilio’s fraud protection blocked the message.', 'De fraudebescherming van Twilio hield het bericht tegen.'],
  [60200, 'permanent', 'Twilio did not accept one of the verification’s fields.', 'Twilio accepteerde een van de velden van de verificatie niet.'],
  [60202, 'permanent', 'Too many wrong codes; wait ten minutes.', 'Te veel verkeerde codes; wacht tien minuten.'],
  [60203, 'permanent', 'Too many codes were sent; wait ten minutes.', 'Er zijn te veel codes verstuurd; wacht tien minuten.'],
  [60205, 'permanent', 'A landline cannot receive the code by text; use a call.', 'Een vaste lijn kan de code niet per sms krijgen; gebruik een oproep.'],
  [60207, 'retry_later', 'The verification service’s limit was reached.', 'De limiet van de verificatiedienst is bereikt.'],
  [60212, 'retry', 'Another request for this number was still running.', 'Er liep nog een ander verzoek voor dit nummer.'],
  [60217, 'business', 'The verification service is not set up right.', 'De verificatiedienst is niet goed ingesteld.'],
  [60223, 'business', 'This way of delivering codes is switched off.', 'Deze manier om codes te bezorgen staat uit.'],
  [60410, 'business', 'Twilio’s fraud protection blocked the verification.', 'De fraudebescherming van Twilio hield de verificatie tegen.'],
  [60605, 'business', 'Verifications in this country are blocked.', 'Verificaties in dit land zijn geblokkeerd.'],
  [63003, 'permanent', 'This customer has no WhatsApp.', 'Deze klant heeft geen WhatsApp.'],
  [63005, 'permanent', 'WhatsApp did not accept the message’s content.', 'WhatsApp accepteerde de inhoud van het bericht niet.'],
  [63007, 'business', 'The number we send from is not a WhatsApp sender.', 'Het nummer waarvandaan we sturen is geen WhatsApp-afzender.'],
  [63009, 'retry', 'WhatsApp had an internal error.', 'WhatsApp had een interne fout.'],
  [63010, 'retry', 'Twilio had an internal error with this message.', 'Twilio had een interne fout bij dit bericht.'],
  [63012, 'retry', 'WhatsApp had an internal error.', 'WhatsApp had een interne fout.'],
  [63013, 'business', 'The message breaks a rule of WhatsApp.', 'Het bericht is in strijd met een regel van WhatsApp.'],
  [63014, 'permanent', 'The customer has blocked this number on WhatsApp.', 'De klant heeft dit nummer geblokkeerd op WhatsApp.'],
  [63015, 'business', 'The sandbox only reaches people who joined it.', 'De testomgeving bereikt alleen mensen die zich hebben aangemeld.'],
  [
    63016,
    'window',
    'The customer last wrote more than 24 hours ago; WhatsApp needs an approved template.',
    'De klant schreef meer dan 24 uur geleden; WhatsApp vraagt een goedgekeurde sjabloon.',
  ],
  [63017, 'retry', 'WhatsApp asked us to slow down; the message is sent again.', 'WhatsApp vroeg ons rustiger te zenden; het bericht wordt opnieuw verstuurd.'],
  [63018, 'retry_later', 'WhatsApp’s limit for this number was reached.', 'De limiet van WhatsApp voor dit nummer is bereikt.'],
  [63019, 'permanent', 'WhatsApp could not fetch the attachment.', 'WhatsApp kon de bijlage niet ophalen.'],
  [63020, 'business', 'There is a problem with the Meta business account.', 'Er is een probleem met het Meta-bedrijfsaccount.'],
  [63021, 'permanent', 'WhatsApp did not accept the message’s content.', 'WhatsApp accepteerde de inhoud van het bericht niet.'],
  [63024, 'permanent', 'WhatsApp cannot deliver to this customer.', 'WhatsApp kan niet bij deze klant bezorgen.'],
  [63027, 'business', 'The template does not exist in this language.', 'De sjabloon bestaat niet in deze taal.'],
  [63028, 'permanent', 'The template was filled in with the wrong number of values.', 'De sjabloon is met het verkeerde aantal waarden ingevuld.'],
  [63030, 'permanent', 'WhatsApp does not support part of this message.', 'WhatsApp ondersteunt een deel van dit bericht niet.'],
  [63032, 'permanent', 'WhatsApp does not allow a message to this customer.', 'WhatsApp staat geen bericht aan deze klant toe.'],
  [63033, 'permanent', 'WhatsApp has blocked messages to this customer.', 'WhatsApp heeft berichten aan deze klant geblokkeerd.'],
  [63034, 'permanent', 'The attachment is too large for WhatsApp.', 'De bijlage is te groot voor WhatsApp.'],
  [63038, 'retry_later', 'The account’s daily message limit was reached.', 'De daglimiet van het account is bereikt.'],
  [63040, 'business', 'WhatsApp rejected the template.', 'WhatsApp heeft de sjabloon afgekeurd.'],
  [63041, 'business', 'WhatsApp paused the template.', 'WhatsApp heeft de sjabloon gepauzeerd.'],
  [63042, 'business', 'WhatsApp disabled the template.', 'WhatsApp heeft de sjabloon uitgeschakeld.'],
  [63049, 'permanent', 'WhatsApp chose not to deliver this marketing message.', 'WhatsApp heeft dit marketingbericht niet bezorgd.'],
  [63051, 'business', 'The WhatsApp business account is locked.', 'Het WhatsApp-bedrijfsaccount is vergrendeld.'],
];

const RULES: ReadonlyMap<number, TwilioErrorRule> = new Map(ROWS.map(([code, policy, en, nl]) => [code, { policy, words: { en, nl } }]));

/** A refusal nobody has judged yet is final: sending again what was refused would be refused again. */
const ANY_OTHER: TwilioErrorRule = {
  policy: 'permanent',
  words: { en: 'Twilio refused the message.', nl: 'Twilio weigerde het bericht.' },
};

export const OPTED_OUT_CODE = 21610;
export const OUTSIDE_WINDOW_CODE = 63016;

export const ruleForTwilioError = (code: number | undefined): TwilioErrorRule => (code === undefined ? ANY_OTHER : (RULES.get(code) ?? ANY_OTHER));

export const knownTwilioErrors = (): number[] => [...RULES.keys()];
