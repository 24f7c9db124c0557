//! The notice that Assent ships, in English. It says what this software does; what only the
//! organisation can know, it adds in a version of its own.

use domain::notice::NoticePart;

pub(super) const fn text(part: NoticePart) -> &'static str {
    match part {
        NoticePart::Changes => "This is the first version.",
        NoticePart::Controller => {
            "**{organisation}** decides what happens with your data in this console. You reach us through the \
             channels under [Support](/support)."
        }
        NoticePart::Contact => {
            "Questions about your data go to our data protection officer. You find the contact under \
             [Support](/support), and you can ask there also without an account."
        }
        NoticePart::Purposes => PURPOSES,
        NoticePart::Recipients => RECIPIENTS,
        NoticePart::Periods => PERIODS,
        NoticePart::Rights => RIGHTS,
        NoticePart::Complaint => {
            "You can complain to a data protection authority: the one where you live or work, or the one where you \
             think that something went wrong (Art. 77 GDPR)."
        }
    }
}

const PURPOSES: &str = "\
We keep as little about you as we can.

- **Your name and your e-mail address**, so that you have an account and we can write to you about it \
  (Art. 6(1)(b) GDPR). Both are needed for an account; without them there is none.
- **What makes signing in work and safe**: your language, your password as a check value, a second factor if you set \
  one up, your sign-ins with the class of device and the day (Art. 6(1)(b) and (f) GDPR).
- **What you did here**, with your name, so that everybody involved can see who changed what, and for our accounting \
  (Art. 6(1)(f) and, where accounting law asks for it, Art. 6(1)(c) GDPR).
- **Newsletters**, only if you switch one on. That is a consent, which you can take back at any time with one click \
  (Art. 6(1)(a) GDPR).

To understand what is useful, we count **how often each feature is used**. These counts are anonymous: one number for \
each feature and day, of everybody together, and only once it has reached 10. Nobody can be found in them.

By continuing to use your account you agree to this. If you don't agree, you can terminate your account, right beside \
the question. No decision about you is made by a machine alone.";

const RECIPIENTS: &str = "\
Those in our organisation whose role allows it see your name, your roles and what you did; those who manage users see \
your e-mail address too. Under [What we store](/privacy) you see who that is for each item.

We give your data to nobody else, except to those who run this installation and its mail for us and on our \
instructions (Art. 28 GDPR). Should data go to a country outside of the European Union, it is said here, with what \
protects it there.";

const PERIODS: &str = "\
Your account and all that belongs to it are kept until you terminate it. Then your e-mail address, your sign-ins, your \
roles and all the rest are erased at once.

**Your name stays** on what you did: for 10 years after the end of the year where billing details were touched, since \
accounting law asks for it, and for 3 years otherwise. After that it reads “former user”.";

const RIGHTS: &str = "\
You can, at any time and without giving a reason:

- see what is stored about you, and why, under [What we store](/privacy),
- take it along as a file,
- have it corrected, or change it yourself in your profile,
- have it erased, by terminating your account,
- have its use restricted, or object to it,
- take back the consent to a newsletter, which changes nothing about what was sent before.

For what you can't do yourself, write to us through [Support](/support). We answer within a month.";
