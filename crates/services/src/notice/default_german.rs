//! The notice that Assent ships, in German; see the English one.

use domain::notice::NoticePart;

pub(super) const fn text(part: NoticePart) -> &'static str {
    match part {
        NoticePart::Changes => "Das ist die erste Fassung.",
        NoticePart::Controller => {
            "**{organisation}** entscheidet, was in dieser Konsole mit Ihren Daten geschieht. Sie erreichen uns auf \
             den Wegen unter [Hilfe](/support)."
        }
        NoticePart::Contact => {
            "Fragen zu Ihren Daten beantwortet unser Datenschutzbeauftragter. Den Kontakt finden Sie unter \
             [Hilfe](/support); fragen können Sie dort auch ohne Konto."
        }
        NoticePart::Purposes => PURPOSES,
        NoticePart::Recipients => RECIPIENTS,
        NoticePart::Periods => PERIODS,
        NoticePart::Rights => RIGHTS,
        NoticePart::Complaint => {
            "Sie können sich bei einer Datenschutzaufsicht beschweren: dort, wo Sie wohnen oder arbeiten, oder dort, \
             wo aus Ihrer Sicht etwas falsch lief (Art. 77 DSGVO)."
        }
    }
}

const PURPOSES: &str = "\
Wir speichern so wenig über Sie wie möglich.

- **Ihren Namen und Ihre E-Mail-Adresse**, damit Sie ein Konto haben und wir Ihnen deswegen schreiben können \
  (Art. 6 Abs. 1 Buchst. b DSGVO). Beides braucht ein Konto; ohne gibt es keines.
- **Was die Anmeldung möglich und sicher macht**: Ihre Sprache, Ihr Passwort als Prüfwert, einen zweiten Faktor, wenn \
  Sie einen einrichten, Ihre Anmeldungen mit Geräteart und Tag (Art. 6 Abs. 1 Buchst. b und f DSGVO).
- **Was Sie hier getan haben**, mit Ihrem Namen, damit alle Beteiligten sehen, wer was geändert hat, und für unsere \
  Buchhaltung (Art. 6 Abs. 1 Buchst. f und, wo das Recht der Buchführung es verlangt, Buchst. c DSGVO).
- **Newsletter**, nur wenn Sie einen einschalten. Das ist eine Einwilligung, die Sie jederzeit mit einem Klick \
  widerrufen können (Art. 6 Abs. 1 Buchst. a DSGVO).

Um zu verstehen, was nützt, zählen wir, **wie oft jede Funktion benutzt wird**. Diese Zahlen sind anonym: eine Zahl \
für jede Funktion und jeden Tag, von allen zusammen, und erst ab 10. Niemand ist darin zu finden.

Indem Sie Ihr Konto weiter benutzen, stimmen Sie dem zu. Wenn Sie nicht zustimmen, können Sie Ihr Konto beenden, gleich \
neben der Frage. Keine Entscheidung über Sie trifft eine Maschine allein.";

const RECIPIENTS: &str = "\
Wer in unserer Organisation die Rolle dafür hat, sieht Ihren Namen, Ihre Rollen und was Sie getan haben; wer Benutzer \
verwaltet, sieht auch Ihre E-Mail-Adresse. Unter [Was wir speichern](/privacy) steht für jede Angabe, wer das ist.

Sonst geben wir Ihre Daten niemandem, außer denen, die diese Installation und ihre E-Mails für uns und nach unserer \
Weisung betreiben (Art. 28 DSGVO). Sollten Daten in ein Land außerhalb der Europäischen Union gehen, steht das hier, \
mit dem, was sie dort schützt.";

const PERIODS: &str = "\
Ihr Konto und alles, was dazugehört, bleibt, bis Sie es beenden. Dann werden Ihre E-Mail-Adresse, Ihre Anmeldungen, \
Ihre Rollen und alles Übrige sofort gelöscht.

**Ihr Name bleibt** an dem stehen, was Sie getan haben: 10 Jahre nach dem Ende des Jahres, wo Abrechnungsdaten berührt \
wurden, weil das Recht der Buchführung es verlangt, sonst 3 Jahre. Danach steht dort „früherer Benutzer“.";

const RIGHTS: &str = "\
Sie können jederzeit und ohne Begründung:

- sehen, was über Sie gespeichert ist und warum, unter [Was wir speichern](/privacy),
- es als Datei mitnehmen,
- es berichtigen lassen oder in Ihrem Profil selbst ändern,
- es löschen lassen, indem Sie Ihr Konto beenden,
- seine Verarbeitung einschränken lassen oder ihr widersprechen,
- die Einwilligung in einen Newsletter widerrufen; was vorher gesendet wurde, bleibt davon unberührt.

Was Sie nicht selbst tun können, schreiben Sie uns über [Hilfe](/support). Wir antworten innerhalb eines Monats.";
