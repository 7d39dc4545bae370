"""The sentences of the page that checks a receipt; its script shows them, in the visitor's language."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "verdict_ok": _("This receipt holds."),
    "verdict_open": _("This receipt is signed by us; not everything could be checked."),
    "verdict_unknown": _("This receipt could not be checked."),
    "verdict_failed": _("Do not rely on this receipt: a step failed."),
    "outcome_ok": _("holds"),
    "outcome_failed": _("failed"),
    "outcome_open": _("not checked"),
    "step_receipt": _("It is a receipt"),
    "step_signature": _("The signature"),
    "step_key": _("The key"),
    "step_words": _("The words"),
    "step_ledger": _("Its place in the ledger"),
    "step_checkpoint": _("The seal of the ledger"),
    "step_held": _("The checkpoint that you kept"),
    "state_given": _("You agreed:"),
    "state_renewed": _("You agreed again:"),
    "state_refused": _("You refused:"),
    "state_withdrawn": _("You took your consent back:"),
    "state_expired": _("Your consent ran out:"),
    "is_a_receipt": _("It is written as receipts are."),
    "not_a_receipt": _("It is none: a receipt is one long line in three parts, with two dots. Copy all of it."),
    "too_long": _("It is far too long for a receipt. Nothing of it was read."),
    "other_header": _("It asks to be read in another way than our receipts do. Such a receipt is forged, or not ours."),
    "not_fetched": _("The receipt could not be fetched. Choose the file that you saved."),
    "good_signature": _("It is signed with our key {kid}, and not a letter was changed since."),
    "bad_signature": _("It does not fit: somebody changed the receipt, or a part of it is missing."),
    "unknown_key": _("It is signed with a key that is not among the keys."),
    "bad_keys": _("The file of keys is none, or damaged."),
    "unsupported": _(
        "Your browser cannot check signatures of this kind (Ed25519). Use a newer one, or the program below."
    ),
    "key_in_use": _("It was the key of the ledger {name} on the day of the signature."),
    "key_not_in_use": _("The key was not in use on the day that the receipt gives."),
    "other_ledger": _("It is a receipt of another ledger."),
    "right_leaf": _("Worked out here from the words, the fingerprint is the one it names: {leaf}"),
    "wrong_leaf": _("The words give another fingerprint than the one it names."),
    "in_the_ledger": _("The proof leads from this line, number {index}, to the root over {size} lines."),
    "not_sealed": _("Its line is not sealed yet. That takes a minute: check again then."),
    "not_in_the_ledger": _(
        "The ledger does not have this line, although it should be sealed by now. Keep the receipt."
    ),
    "bad_proof": _("The proof that the site gave does not lead from this line to the root."),
    "no_answer": _("The site did not answer. What is needed can be checked with the program below, too."),
    "sealed": _("The root is signed by us, on {moment}."),
    "bad_checkpoint": _("The checkpoint that the site gave is not signed by these keys."),
    "other_root": _("The signed root is another one than that of the proof."),
    "fits_held": _("The first {size} lines are those that you kept the checkpoint of, and this line is among them."),
    "none_held": _("You gave none. Keep one now, and later nobody can rewrite what was sealed by today."),
    "bad_held": _("It cannot be read, or these keys did not sign it."),
    "held_older": _("It seals {size} lines, and this line came later."),
    "held_longer": _(
        "It seals {size} lines, the site has only {newest}: some were cut off. Keep it, and tell the authority."
    ),
    "held_other": _(
        "It has another root over {size} lines: the ledger was rewritten. Keep it, and tell the authority."
    ),
    "stopped": _("The check stopped before this step."),
}
