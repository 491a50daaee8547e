"""说法: the sentences of refusals in the reader's language.

An error carries an English sentence, which is the message id; `FIXED` lists them so that they can be translated. Where
the sentence holds values, a pattern stands in `PATTERNS` under the error's key, and the error's ``params`` fill it.
"""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import YixianError

PATTERNS = {
    "throttle.wait": _("Too many wrong guesses. Please wait %(seconds)s seconds and try again."),
    "crypto.key_missing": _("A key is missing in this home folder."),
    "merge.persons": _("The number of people before and after the merger differs. Nothing was changed."),
    "split.persons": _("The number of people before and after the division differs. Nothing was changed."),
    "pack.version_taken": _(
        "This version number is published with other content. Give the new one a new number."
    ),
    "paper.unprintable": _("The sheet cannot be printed. Tell the administrator what it was."),
}
"""Sentences by the error's key, for errors whose own sentence holds values."""

FIXED = (
    gettext_noop("There is no such quiz."),
    gettext_noop("This question has its answer already."),
    gettext_noop("A quiz is taken by a person who has signed in."),
    gettext_noop("No policy is in force here today, so there is nothing to ask."),
    gettext_noop("Choose one of the answers."),
    gettext_noop("Write the amount in digits, to the smallest coin, such as 45792.00."),
    gettext_noop("The day lies before the present code began."),
    gettext_noop("The code does not fit the level or the code of the place above."),
    gettext_noop("The place bears this code already."),
    gettext_noop("Name the document that changed the code."),
    gettext_noop("Another place bears this code."),
    gettext_noop("Your role does not include this."),
    gettext_noop("There are no households here to reckon for."),
    gettext_noop("The register does not hold the facts that this policy pack asks for."),
    gettext_noop("No policy pack is in force here on this day."),
    gettext_noop("There is no account to print yet."),
    gettext_noop("Your role does not reckon accounts."),
    gettext_noop("Name the document by which the pack is adopted."),
    gettext_noop("There is no such open proposal."),
    gettext_noop("There is no such pack or area."),
    gettext_noop("It would begin before the pack in force began."),
    gettext_noop("A person must propose this, not a program."),
    gettext_noop("Another person than the one who proposed it must approve."),
    gettext_noop("There is no such area."),
    gettext_noop("There is no such body."),
    gettext_noop("Your role does not issue cards."),
    gettext_noop("The card number or the PIN is wrong."),
    gettext_noop("A protected value was altered."),
    gettext_noop("There is no such export, or its day is over: ask for it again."),
    gettext_noop("An administrator may hold no other role: it would open personal data."),
    gettext_noop("The last day must lie after the first."),
    gettext_noop("There is no such open grant."),
    gettext_noop("You cannot grant a role to yourself."),
    gettext_noop("This role cannot be granted."),
    gettext_noop("There is no such helper."),
    gettext_noop("There is no such household."),
    gettext_noop("Choose a workbook first."),
    gettext_noop("There is no report for this workbook."),
    gettext_noop("This job has already ended."),
    gettext_noop("There is no such job."),
    gettext_noop("The day lies before one household's own beginning."),
    gettext_noop("One of the households has ended."),
    gettext_noop("The other household has a head already."),
    gettext_noop("Say for every member what they become in the other household."),
    gettext_noop("Give the reason of the merger."),
    gettext_noop("A household cannot join itself."),
    gettext_noop("The sums of the items before and after the merger differ."),
    gettext_noop("There is no other household with this number."),
    gettext_noop("There is no such policy pack."),
    gettext_noop("The solution is not proven best; nothing was changed."),
    gettext_noop("Every household here has a cadre and a party member beside it."),
    gettext_noop("Your role does not pair households."),
    gettext_noop("The seed is a whole number."),
    gettext_noop("The file was kept for one day. Please have it printed again."),
    gettext_noop("There is no such file."),
    gettext_noop("There is nothing to print here."),
    gettext_noop("This form was sent from another site."),
    gettext_noop("Your role does not change the register."),
    gettext_noop("The day lies before the household's own beginning."),
    gettext_noop("This household has ended."),
    gettext_noop("The head stays: choose those who leave."),
    gettext_noop("An item does not belong to this household."),
    gettext_noop("Choose at least one member of this household."),
    gettext_noop("Exactly one of those who leave is the new head."),
    gettext_noop("This household number is empty or taken."),
    gettext_noop("Give the reason of the division."),
    gettext_noop("The sums of the items before and after the division differ."),
    gettext_noop("Give a user name."),
    gettext_noop("This user name is taken."),
    gettext_noop("There is no such user."),
    gettext_noop("You cannot close your own sign-in."),
    gettext_noop("Only an administrator may do this."),
    gettext_noop("The file is larger than 200 MB: split it."),
    gettext_noop("This workbook was already entered or laid aside."),
    gettext_noop("The workbook has errors: nothing was entered."),
    gettext_noop("This workbook is not waiting to be entered."),
    gettext_noop("The register is being changed all the time: try again later."),
    gettext_noop("The register changed since the check: look at the differences again. Nothing was entered."),
    gettext_noop("There is no such workbook."),
    gettext_noop("The file cannot be read: nothing was entered."),
    gettext_noop("Your role does not import or export workbooks."),
    gettext_noop("There is no such document in the library."),
    gettext_noop("There is no such answer."),
    gettext_noop("There is no such question."),
    gettext_noop("There is no question with this code."),
    gettext_noop("Please write your question."),
    gettext_noop("The question is too long: a thousand characters at most."),
    gettext_noop("Name and phone have at most sixty characters."),
    gettext_noop("This form is not whole. Open the page again."),
    gettext_noop("This form was sent already. Open the page again for another question."),
    gettext_noop("A person must answer, not a program."),
    gettext_noop("Somebody else has answered meanwhile. Look at that answer first."),
    gettext_noop("Write the answer in Chinese."),
    gettext_noop("Say why the answer is corrected."),
    gettext_noop("Write the question as it is to be published."),
    gettext_noop("Read it once more and confirm that it names nobody, before it is published."),
    gettext_noop("What is not decided rests on no clause in force."),
    gettext_noop("Name at least one clause that the answer rests on."),
    gettext_noop("A clause is not in force today. Only what is decided can be cited."),
    gettext_noop("There is no such draft."),
)
"""Every sentence of an error that holds no values, word for word. A test finds the ones that are forgotten."""


def told(error: YixianError) -> str:
    """The error's sentence in the language of the request."""
    pattern = PATTERNS.get(error.key)
    if pattern is None:
        return gettext(error.message) if error.message else ""
    return str(pattern) % error.params if error.params else str(pattern)
