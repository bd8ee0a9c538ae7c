/** What a customer may want; the names are shown to staff beside the reply. */
export type Intent =
  | 'greeting'
  | 'thanks'
  | 'goodbye'
  | 'opening_hours'
  | 'address'
  | 'car_search'
  | 'car_details'
  | 'price_question'
  | 'appointment_request'
  | 'service_request'
  | 'seller_assistance'
  | 'human_please'
  | 'complaint'
  | 'about_assistant'
  | 'language_request'
  | 'yes'
  | 'no'
  | 'out_of_scope';

type Phrases = readonly [Intent, ...RegExp[]];

/** Read in plain text (see plain-text.ts). The order is the order of importance: of two wishes in one message the first leads. */
export const INTENT_PHRASES: readonly Phrases[] = [
  [
    'complaint',
    /\b(?:klacht|klagen|schandalig|schandalige|belachelijk|waardeloos|oplichters?|oplichting|ontevreden|boos|woedend|nooit meer|geld terug|advocaat)\b/,
    /\b(?:complaint|complain|ridiculous|disgusting|scam|scammers|terrible service|awful service|furious|angry|unacceptable|refund|money back|lawyer)\b/,
  ],
  [
    'human_please',
    /\b(?:iemand|mens|persoon|medewerker|collega|eigenaar|verkoper|baas|chef|monteur|vrouw|man) (?:\w+ ){0,3}(?:spreken|praten|bellen|aan de lijn|chatten)\b/,
    /\b(?:spreken|praten|chatten|contact) (?:\w+ ){0,2}(?:met|van) (?:\w+ ){0,2}(?:iemand|mens|persoon|medewerker|collega|eigenaar|verkoper|u|jullie)\b/,
    /\b(?:wil|wilt|liever|graag|geef me|verbind me|doorverbinden) (?:\w+ ){0,4}(?:mens|persoon|medewerker|collega)\b/,
    /\b(?:geen (?:ro)?bot|contact opnemen|bel (?:me|mij|ons)|terugbellen|teruggebeld|belt u|klantenservice)\b/,
    /\b(?:speak|talk|chat|get in touch|in contact) (?:\w+ ){0,2}(?:to|with) (?:\w+ ){0,2}(?:someone|somebody|person|human|agent|representative|employee|manager|owner|seller|staff|you guys|advisor)\b/,
    /\b(?:want|need|prefer|like|get me|give me|connect me|transfer me|put me through) (?:\w+ ){0,4}(?:human|agent|person|representative|advisor|employee|operator)\b/,
    /\b(?:human please|call me back|ring me back|give me a call|customer service|contact the seller)\b/,
    /^(?:mens|medewerker|collega|human|agent|person|operator)(?: please| aub| graag)?[ .!?]*$/,
  ],
  [
    'service_request',
    /\b(?:lekkage|lekt|lek|verstopt|verstopping|overstroming|loopt over|doet het niet|werkt niet|geen warm water|kapotte?|storing|noodgeval|spoed|kiespijn|tandpijn|pijn aan|afgebroken (?:tand|kies)|zwelling|bloedt)\b/,
    /\b(?:leak|leaks|leaking|blocked|burst pipe|not working|no hot water|flooded|flooding|emergency|urgent|toothache|tooth ache|chipped tooth|broken tooth|my tooth|my gums?|swelling|swollen)\b/,
    /\b(?:pech|start niet|startproblemen|lekke band|accu leeg|jump start|flat tyre|flat tire|broken down|won't start|wont start)\b/,
  ],
  [
    'appointment_request',
    /\b(?:afspraak|afspraken|proefrit|proefrijden|inplannen|inboeken|reserveren|reservering|langskomen|verzetten|afzeggen|onderhoudsbeurt|onderhoud|grote beurt|kleine beurt|apk|bandenwissel|winterbanden|controle|gebitscontrole|tarief van een bezoek|offerte|motorlampje)\b/,
    /\b(?:auto (?:\w+ ){0,2}(?:langsbrengen|nakijken|laten maken)|naar mijn auto (?:\w+ ){0,2}kijken)\b/,
    /\b(?:appointment|appointments|test drive|testdrive|(?:to|i|we) book|book (?:a|an|in|me|my|us)|booking|schedule|reschedule|maintenance|check engine|(?:look at|check|service|bring|fix|repair) (?:\w+ ){0,2}(?:car|engine|brakes)|car (?:\w+ )?(?:checked|serviced|fixed|repaired)|come by|come over|drop by|visit you|checkup|check-up|mot|tyre change|tire change|oil change|quote|estimate)\b/,
  ],
  [
    'seller_assistance',
    /\b(?:auto (?:\w+ ){0,2}(?:verkopen|inruilen)|(?:verkopen|inruilen) (?:\w+ ){0,3}auto|inruil|inruilen|inruilwaarde|inkoop|taxatie|taxeren)\b/,
    /\b(?:sell (?:you )?(?:my|our|a) (?:\w+ )?(?:car|vehicle)|trade-?in|part exchange|part-ex|valuation)\b/,
  ],
  [
    'price_question',
    /\b(?:wat|hoeveel) (?:\w+ ){0,3}(?:kost|kosten|kostte|vraagt|vragen)\b/,
    /\b(?:prijs|prijzen|vraagprijs|hoe duur|tarief|tarieven|wat moet (?:\w+ ){0,4}(?:kosten|opbrengen)|hoeveel is)\b/,
    /\b(?:how much(?: (?:is|are|does|do|for|would|will|did|it|you|a|an|the|that|this|they)\b| ?[?!.]|$)|price|prices|pricing|cost|costs|what (?:does|do|would|is) (?:\w+ ){0,5}(?:cost|worth|charge)|asking price|fee|fees)\b/,
  ],
  [
    'car_details',
    /\b(?:kilometerstand|hoeveel km|hoeveel kilometer|bouwjaar|meer info|meer informatie|vertel (?:\w+ ){0,2}meer|details|specificaties|waar staat|nog beschikbaar|nog te koop|nog niet verkocht|welke brandstof)\b/,
    /\b(?:mileage|how many (?:miles|km|kilometers|kilometres)|more info|more information|tell me more|more about|details|specs|still available|still for sale|where is it|what year|which fuel|what fuel)\b/,
  ],
  [
    'opening_hours',
    /\b(?:openingstijden|openingsuren|openingstijd|sluitingstijd|geopend|gesloten|sluiten|sluit|zijn (?:jullie|u) (?:\w+ ){0,4}(?:open|dicht|er)|bent u (?:\w+ ){0,4}(?:open|dicht)|(?:wanneer|hoe laat|tot hoe laat|vanaf hoe laat) (?:\w+ ){0,6}(?:open|dicht|terecht|langs|er)|kan ik (?:\w+ ){0,4}(?:terecht|langs))\b/,
    /\b(?:opening hours|opening times|business hours|office hours|your hours|what hours|(?:are|r) (?:you|u|ya|they) (?:\w+ ){0,4}(?:open|closed)|is (?:the|your) (?:\w+ ){1,2}(?:open|closed)|(?:when|what time|how late|until when) (?:\w+ ){0,6}(?:open|opens|close|closes|closed|closing)|do you (?:\w+ ){0,3}open|you open on)\b/,
    /^open\b.{0,40}$/,
    /\b(?:open|dicht|closed) (?:op |on )?(?:nu|vandaag|morgen|today|tomorrow|now|zondag|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|sundays?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|(?:in )?(?:het |the )?weekend)\b/,
  ],
  [
    'address',
    /\b(?:adres|waar zitten jullie|waar zijn jullie|waar zit u|waar bent u|waar kan ik jullie vinden|route|parkeren|waar is (?:de|het|jullie) (?:garage|praktijk|zaak|bedrijf|showroom))\b/,
    /\b(?:address|where are you|where is (?:the|your) (?:\w+ )?(?:garage|shop|practice|office|showroom|place)|directions|how do i get to you|parking|your location|located)\b/,
  ],
  [
    'car_search',
    /\b(?:zoek|zoeken|zoekt|op zoek|interesse in|geinteresseerd in|auto kopen|occasions?|aanbod|voorraad|te koop|hebben jullie|heeft u|heb je|hebt u|heb jij|verkopen jullie|verkoopt u|staat er|staan er|welke auto|welke merken)\b/,
    /\b(?:looking for|look for|search for|searching for|interested in|buy a|buying a|do you have|have you got|do you sell|got any|any (?:\w+ )?(?:cars|left)|in stock|for sale|which cars|what cars|which brands|i want a|i need a|i'd like a)\b/,
  ],
  [
    'about_assistant',
    /\b(?:ben (?:je|jij)|bent u|is dit|praat ik met|spreek ik met|chat ik met) (?:\w+ ){0,4}(?:ro)?(?:bot|mens|computer|ai|persoon|machine)\b/,
    /\b(?:wie ben (?:je|jij)|wie bent u|wat kun (?:je|jij)|wat kunt u|wat kan ik (?:\w+ )?vragen|waar (?:kun|kan|kunt) (?:je|jij|u) (?:\w+ )?(?:mee )?helpen)\b/,
    /\b(?:are|r) (?:you|u|ya) (?:\w+ ){0,4}(?:bot|robot|human|ai|real|computer|machine|person)\b/,
    /\b(?:(?:am i (?:talking|speaking|chatting)|is this|you(?:'re| are)?|your|call you) (?:\w+ ){0,3}(?:bot|robot|computer|ai|human)|who are you|what can you do|how can you help)\b/,
    /\b(?:what|which) (?:\w+ ){0,4}(?:questions|topics|subjects|things|info|information) (?:\w+ ){0,4}(?:you|i)\b/,
  ],
  [
    'language_request',
    /\b(?:spreken? (?:je|jullie|u) (?:ook )?(?:nederlands|engels)|in het (?:nederlands|engels)|(?:nederlands|engels) (?:aub|graag))\b/,
    /\b(?:speak (?:english|dutch)|in (?:english|dutch)|(?:english|dutch) please)\b/,
  ],
  [
    'thanks',
    /\b(?:dank|dankje|dankjewel|dankuwel|bedankt|thx|merci|top geholpen|super geholpen|heel fijn)\b/,
    /\b(?:thanks|thank you|thank u|thankyou|cheers|appreciated?|thankful|grateful|gratitude|big help|very helpful|ty)\b/,
  ],
  [
    'goodbye',
    /\b(?:doei|dag hoor|tot ziens|tot dan|tot straks|tot morgen|fijne dag|fijn weekend|prettige dag|groetjes|fijne avond)\b/,
    /\b(?:bye|goodbye|good bye|see you|see ya|have a (?:nice|good|great) (?:day|one|weekend|evening)|take care|good night)\b/,
  ],
  [
    'yes',
    /^(?:ja|jawel|jazeker|zeker|natuurlijk|klopt|yes|yep|yeah|yup|sure|absolutely|definitely|of course|correct)\b(?!.*\b(?:maar|but|niet|not)\b).{0,30}$/,
    /^(?:ok|oke|okay|graag|prima|goed|is goed|dat is goed|doe maar|please|please do|confirmed|that's (?:right|true|correct))[ .,!]*$/,
  ],
  [
    'no',
    /^(?:nee|neen|nope|no|nah|zeker niet|absolutely not|definitely not|niet nodig|hoeft niet)\b(?!.*\b(?:maar|but)\b).{0,30}$/,
    /^(?:laat maar|never ?mind|not (?:right )?now|nu niet|later)[ .,!]*$/,
  ],
  [
    'greeting',
    /^(?:hallo+|hoi+|hey+|he|hee|hi+|hello+|dag|goede? ?(?:morgen|middag|navond|avond|dag)|morgen|moin|yo|good (?:morning|afternoon|evening|day)|gm|greetings|howdy)\b/,
    /\b(?:how are you|how's it going|how are things|hoe gaat het|alles goed)\b/,
  ],
];
