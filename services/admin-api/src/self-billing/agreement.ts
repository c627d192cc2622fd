/** The text in force. A changed text is a new version: partners agreed to the one they read. */
export const SELF_BILLING_AGREEMENT = 'self-billing-1';

interface AgreementText {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** What Directive 2006/112 Art. 224 and 226 (Wet OB 1968 art. 34c and 35a) ask of self-billing, in two languages. */
export const SELF_BILLING_TEXT: Readonly<Record<'nl' | 'en', AgreementText>> = {
  nl: {
    title: 'Overeenkomst over facturering door de afnemer (self-billing)',
    paragraphs: [
      '1. De partner levert diensten aan de merchant: het aanbrengen van klanten tegen commissie. De merchant maakt daarvoor de facturen op, in naam en voor rekening van de partner. De partner maakt voor dezelfde diensten zelf geen facturen op.',
      '2. Op elke factuur staat “Factuur uitgereikt door afnemer”, en verder alles wat de wet van een factuur vraagt. De facturen hebben een eigen, doorlopende nummerreeks op naam van de partner. Wordt commissie later verlaagd, dan maakt de merchant een creditfactuur op die naar de factuur verwijst.',
      '3. De merchant stelt elke factuur bij de uitbetaling ter beschikking. De partner controleert haar. Maakt de partner niet binnen 14 dagen bezwaar, dan is de factuur aanvaard. Is het bezwaar terecht, dan corrigeert de merchant de factuur met een creditfactuur en zo nodig een nieuwe factuur.',
      '4. De partner geeft btw-nummer, naam en adres juist op en meldt elke verandering meteen, vooral het begin of einde van de btw-plicht en van de kleineondernemersregeling. Btw die door onjuiste opgave te veel is betaald, betaalt de partner terug.',
      '5. De partner blijft zelf verantwoordelijk voor de aangifte en afdracht van de btw op de facturen, en bewaart ze zo lang als de wet vraagt.',
      '6. De overeenkomst geldt vanaf de aanvaarding en tot een van beide haar schriftelijk beëindigt. Wat tot dan is verdiend, wordt nog op deze manier gefactureerd, tenzij de partner daar bezwaar tegen maakt. Zonder overeenkomst betaalt de merchant aan ondernemers niet uit.',
    ],
  },
  en: {
    title: 'Self-billing agreement',
    paragraphs: [
      '1. The partner supplies services to the merchant: bringing customers, for a commission. The merchant issues the invoices for them, in the name and on behalf of the partner. The partner issues no invoices of their own for the same services.',
      '2. Every invoice says “Self-billing” and all else that the law asks of an invoice. The invoices have an uninterrupted series of numbers of their own, in the name of the partner. Where a commission is lowered later, the merchant issues a credit note that refers to the invoice.',
      '3. The merchant makes every invoice available when it pays. The partner checks it. Without an objection within 14 days the invoice is accepted. Where an objection is right, the merchant corrects the invoice by a credit note and, if needed, a new invoice.',
      '4. The partner gives a correct VAT id, name and address, and tells of every change at once, above all when VAT registration or the small-business scheme begins or ends. VAT that was paid too much because of a wrong statement is paid back by the partner.',
      '5. The partner remains responsible for declaring and paying the VAT on the invoices, and keeps them for as long as the law asks.',
      '6. The agreement holds from its acceptance until either side ends it in writing. What was earned by then is still invoiced in this way, unless the partner objects. Without an agreement the merchant does not pay businesses.',
    ],
  },
};
