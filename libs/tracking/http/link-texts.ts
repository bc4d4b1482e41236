export const languages = ['en', 'de', 'pt'] as const;
export type Language = (typeof languages)[number];

/** Why a link does not lead on. */
export type DeadLink = 'expired' | 'unknown' | 'failed';

/** What people read whom a link cannot lead on: title and text. */
export const texts: Record<Language, Record<DeadLink, readonly [title: string, text: string]>> = {
  en: {
    expired: ['This link has expired', 'Please use the link in a newer mail, or visit the sender’s web site.'],
    unknown: ['This link does not lead anywhere', 'It may have been cut off. Please copy it whole from the mail.'],
    failed: ['One moment, please', 'Something failed on our side. Please try again in a moment.'],
  },
  de: {
    expired: [
      'Dieser Link ist abgelaufen',
      'Bitte nehmen Sie den Link aus einer neueren Nachricht, oder besuchen Sie die Seite des Absenders.',
    ],
    unknown: [
      'Dieser Link führt nirgendwohin',
      'Vielleicht fehlt ein Stück. Bitte kopieren Sie ihn ganz aus der Nachricht.',
    ],
    failed: ['Einen Augenblick bitte', 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.'],
  },
  pt: {
    expired: ['Esta ligação expirou', 'Use a ligação de uma mensagem mais recente, ou visite o site do remetente.'],
    unknown: ['Esta ligação não leva a lado nenhum', 'Pode estar incompleta. Copie-a inteira da mensagem.'],
    failed: ['Um momento, por favor', 'Algo falhou do nosso lado. Tente novamente dentro de momentos.'],
  },
};
