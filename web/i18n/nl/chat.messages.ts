import type { Messages } from '../messages.ts';

export const chat: Messages['chat'] = {
  title: 'Webchat',
  pick: 'Met welk bedrijf wil je chatten?',
  placeholder: 'Schrijf een bericht…',
  label: 'Je bericht',
  send: 'Versturen',
  messages: 'Berichten',
  typing: '{{name}} is aan het typen',
  hello: 'Vraag ons wat je wilt. Je kunt deze pagina sluiten en terugkomen; het gesprek blijft staan.',
  withStaff: 'Een collega kijkt ernaar en antwoordt je hier.',
  slowDown: 'Dat was veel tegelijk. Wacht {{seconds}} seconden; je bericht blijft bewaard.',
  notSent: 'Nog niet verstuurd.',
  retry: 'Opnieuw proberen',
  older: 'Toon eerdere berichten',
  startOver: 'Opnieuw beginnen',
  quickReplies: 'Voorgestelde antwoorden',
  role: { assistant: 'Assistent', member: 'Team', customer: 'Jij', system: '' },
};
