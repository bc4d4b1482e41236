/** Raised when what the page says changes: choices keep it as their wording. */
export const textsVersion = 2;

export const languages = ['en', 'de', 'pt'] as const;
export type Language = (typeof languages)[number];

export interface PreferenceTexts {
  title: string;
  intro: (address: string) => string;
  unsubscribe: (purpose: string) => string;
  unsubscribed: (purpose: string) => string;
  choose: string;
  save: string;
  all: string;
  allHint: string;
  saved: string;
  /** Also says so of what was saved beside it. */
  withheld: (purposes: string) => string;
  expired: [title: string, text: string];
  unknown: [title: string, text: string];
  busy: [title: string, text: string];
  failed: [title: string, text: string];
  preview: [title: string, text: string];
}

export const texts: Record<Language, PreferenceTexts> = {
  en: {
    title: 'Your preferences',
    intro: (address) => `What may we write to ${address} about?`,
    unsubscribe: (purpose) => `Unsubscribe from “${purpose}”`,
    unsubscribed: (purpose) => `You do not get “${purpose}”.`,
    choose: 'Or choose what you would like to get',
    save: 'Save',
    all: 'Unsubscribe from everything',
    allHint: 'You still get what concerns an order or your account.',
    saved: 'Saved. Thank you.',
    withheld: (purposes) =>
      `We may not write to this address about ${purposes} at present, so that stays off; whatever you switched off is off. If you would like to hear from us again, please reply to a mail from us.`,
    expired: ['This link has expired', 'Please use the link in a newer mail from us, or simply reply to it.'],
    unknown: [
      'This link does not work',
      'It may have been cut off. Please copy it whole from the mail, or simply reply to the mail.',
    ],
    busy: ['One moment, please', 'There were many requests. Nothing was changed; please try again in a minute.'],
    failed: ['That did not work', 'Something failed on our side. Nothing was changed; please try again in a moment.'],
    preview: [
      'This is a preview',
      'In the mail itself, this link leads to the recipient’s own page. Nobody was unsubscribed.',
    ],
  },
  de: {
    title: 'Ihre Einstellungen',
    intro: (address) => `Worüber dürfen wir ${address} schreiben?`,
    unsubscribe: (purpose) => `„${purpose}“ abbestellen`,
    unsubscribed: (purpose) => `„${purpose}“ bekommen Sie nicht.`,
    choose: 'Oder wählen Sie, was Sie bekommen möchten',
    save: 'Speichern',
    all: 'Alles abbestellen',
    allHint: 'Nachrichten zu Bestellungen und zu Ihrem Konto bekommen Sie weiterhin.',
    saved: 'Gespeichert. Vielen Dank.',
    withheld: (purposes) =>
      `Über ${purposes} dürfen wir dieser Adresse derzeit nicht schreiben, das bleibt also aus; was Sie abgewählt haben, ist abbestellt. Möchten Sie wieder von uns hören, antworten Sie bitte auf eine Nachricht von uns.`,
    expired: [
      'Dieser Link ist abgelaufen',
      'Bitte nehmen Sie den Link aus einer neueren Nachricht von uns, oder antworten Sie einfach darauf.',
    ],
    unknown: [
      'Dieser Link funktioniert nicht',
      'Vielleicht fehlt ein Stück. Bitte kopieren Sie ihn ganz aus der Nachricht, oder antworten Sie einfach darauf.',
    ],
    busy: [
      'Einen Augenblick bitte',
      'Es kamen viele Anfragen. Nichts wurde geändert; bitte versuchen Sie es in einer Minute wieder.',
    ],
    failed: [
      'Das hat nicht geklappt',
      'Bei uns ist etwas schiefgegangen. Nichts wurde geändert; bitte versuchen Sie es gleich noch einmal.',
    ],
    preview: [
      'Das ist eine Vorschau',
      'In der Nachricht selbst führt dieser Link zur Seite des Empfängers. Niemand wurde abgemeldet.',
    ],
  },
  pt: {
    title: 'As suas preferências',
    intro: (address) => `Sobre o que podemos escrever para ${address}?`,
    unsubscribe: (purpose) => `Cancelar “${purpose}”`,
    unsubscribed: (purpose) => `Não recebe “${purpose}”.`,
    choose: 'Ou escolha o que gostaria de receber',
    save: 'Guardar',
    all: 'Cancelar tudo',
    allHint: 'Continua a receber o que diz respeito a encomendas ou à sua conta.',
    saved: 'Guardado. Obrigado.',
    withheld: (purposes) =>
      `De momento não podemos escrever para este endereço sobre ${purposes}, por isso continua desligado; o que desligou está desligado. Se quiser voltar a receber notícias nossas, responda a uma mensagem nossa.`,
    expired: [
      'Esta ligação expirou',
      'Use a ligação de uma mensagem mais recente, ou simplesmente responda à mensagem.',
    ],
    unknown: [
      'Esta ligação não funciona',
      'Pode estar incompleta. Copie-a inteira da mensagem, ou simplesmente responda à mensagem.',
    ],
    busy: ['Um momento, por favor', 'Houve muitos pedidos. Nada foi alterado; tente novamente daqui a um minuto.'],
    failed: ['Não resultou', 'Algo falhou do nosso lado. Nada foi alterado; tente novamente dentro de momentos.'],
    preview: [
      'Isto é uma pré-visualização',
      'Na mensagem, esta ligação leva à página do destinatário. Ninguém foi removido.',
    ],
  },
};
