"""应用的话: every sentence of the field app, by the key that its modules say it with. What stands in braces they fill in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "title": _("Yixian field work"),
    "other_language": _("中文"),
    "larger": _("Larger print"),
    "begin": _("Take the day's work along"),
    "begin_about": _("You need a signal now, once. After that everything here works without one."),
    "code": _("The team's code"),
    "code_about": _("From the page of your team: the secret, or the text of its code for ODK Collect."),
    "new_code": _("A new code"),
    "new_code_about": _("When the team's code has ended: what waits here is sent with the new one."),
    "new_code_now": _("Use the new code"),
    "pin_new": _("A PIN of your own"),
    "pin_about": _(
        "At least {least} characters; longer is safer. It is kept nowhere: who forgets it loses what was not sent."
    ),
    "pin_again": _("The PIN once more"),
    "pin": _("Your PIN"),
    "pin_short": _("The PIN needs at least {least} characters."),
    "pin_differs": _("The two PINs are not the same."),
    "pin_wrong": _("This PIN does not open it."),
    "wait": _("Too many wrong PINs: try again in {seconds} seconds."),
    "set_up_already": _("This phone is set up already: unlock it with its PIN."),
    "begin_now": _("Begin"),
    "fetching": _("Fetching the day's work…"),
    "fetched": _("The day's work is here."),
    "offline_now": _("No signal reaches the server. Try again where there is one."),
    "offline_later": _("No signal: what waits stays here and is sent when there is one."),
    "refused_by_server": _("The server did not take it now. Nothing here is lost; look into the outbox."),
    "locked": _("Locked"),
    "open": _("Unlock"),
    "opening": _("Opening…"),
    "lock": _("Lock"),
    "forgotten": _("PIN forgotten?"),
    "forgotten_about": _(
        "Nobody can open it without the PIN. You can empty the phone and begin again; what was not sent is lost."
    ),
    "forget": _("Empty it and begin again"),
    "forget_sure": _("{count} sheets were not sent, finished or not, and will be lost for ever. Empty it?"),
    "no_day": _("No work for today"),
    "until": _("until {until}"),
    "clock_wrong": _("This phone's clock says {now}, and that is not right. Set it before you measure."),
    "not_persisted": _(
        "This browser may clear what is stored when the phone is short of space. Install the app, and send soon."
    ),
    "refresh": _("Fetch the day's work"),
    "outbox": _("Outbox"),
    "outbox_empty": _("Nothing was finished yet."),
    "no_households": _("The team is in no village today."),
    "has_draft": _("begun"),
    "drafts": _("Half filled in"),
    "go_on": _("go on"),
    "finished": _("Filled in"),
    "new_sheet": _("New sheet"),
    "state_waiting": _("waits for a signal"),
    "state_sent": _("received by the server"),
    "state_refused": _("the server refused it"),
    "receipt": _("Receipt for the household"),
    "receipt_about": _(
        "Write these eight characters on the paper that stays with the household. The office finds the sheet by them."
    ),
    "home": _("To the households"),
    "send": _("Send now"),
    "send_again": _("Send it again"),
    "sending": _("Sending {at} of {of}, {percent}%"),
    "no_answer": _("No answer ({at})"),
    "unsent": _("{count} not sent yet"),
    "none_unsent": _("Everything is sent."),
    "new_version": _("A new version is here: use it now"),
    "choose": _("Please choose"),
    "measured_on": _("Day of measuring"),
    "items": _("What there is"),
    "item_number": _("Item {number}"),
    "item_code": _("What it is"),
    "add_item": _("Add an item"),
    "drop_item": _("Take this item away"),
    "quantity": _("Quantity: {quantity} {unit}"),
    "no_quantity": _("The quantity shows once everything is measured."),
    "range": _("{least} to {most}"),
    "photograph": _("Photograph"),
    "remark": _("Remark"),
    "present": _("Who is here and signs"),
    "person_name": _("Name"),
    "person_organisation": _("Organisation"),
    "person_reason": _("Why it refuses"),
    "person_witness": _("Witness of the refusal"),
    "refuses": _("Refuses to sign"),
    "signature_of": _("Signature: {who}"),
    "thumb_of": _("Or a photograph of the thumb: {who}"),
    "sign_again": _("Wipe it, sign again"),
    "finish": _("Finish the sheet"),
    "problems": _("{count} answers are missing or not right"),
    "missing": _("This must be filled in."),
    "after_today": _("The day of measuring cannot be after today."),
    "no_item": _("Not one item is filled in."),
    "no_photograph": _("A photograph is missing."),
    "no_picture": _("This file is no picture."),
    "no_signature": _("A signature or a thumb is missing."),
    "one_organisation": _("The two must be of two organisations."),
    "day_range": _("From {least} to {most}."),
    "whole_range": _("A whole number from {least} to {most}."),
    "decimal_range": _("From {least} to {most}, with at most {decimals} decimals."),
    "storage_full": _(
        "The phone is full: this was not kept. Send what waits, or free some space, and try again."
    ),
    "storage_failed": _("This was not kept. Try again; do not leave the page."),
}


def words() -> dict[str, str]:
    """All of them in the language being spoken."""
    return {key: str(sentence) for key, sentence in WORDS.items()}
