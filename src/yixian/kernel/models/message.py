"""通知: what people are told by text message and e-mail, and every attempt to send it. Who and what stands sealed."""

from django.db import models

from yixian.kernel.choices import MessageChannel, SendingOutcome
from yixian.kernel.fields import SealedTextField
from yixian.kernel.models.lease import Leased


class OutgoingMessage(models.Model):
    """One message to one recipient, as it was asked for. Append-only: what became of it is worked out from its attempts.

    ``key`` is chosen by whoever asks: the same key is the same message, for us and for the gateway. ``subject_kind`` and
    ``subject_id`` name what it is about; ``title`` is an e-mail's subject line and empty for a text message.
    """

    channel = models.CharField(max_length=8, choices=MessageChannel)
    recipient = SealedTextField(purpose="outgoing_message.recipient")
    title = SealedTextField(purpose="outgoing_message.title", blank=True)
    text = SealedTextField(purpose="outgoing_message.text")
    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    key = models.UUIDField(unique=True)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="message_subject")]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"


class SendingAttempt(models.Model):
    """How one attempt ended. ``error`` is the class of the error, never its words; ``provider_ref`` the gateway's own number."""

    message = models.ForeignKey(OutgoingMessage, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=SendingOutcome)
    error = models.CharField(max_length=100, blank=True)
    provider_ref = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["outcome", "at"], name="attempt_outcome")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.message_id}"


class WaitingMessage(Leased):
    """A place in the queue: there is one exactly while the attempts of a message leave something to do.

    It says nothing that the attempts do not say. It is there so that looking for what waits costs as much as what waits,
    and not as much as was ever sent; and so that one process at a time has a message in hand.
    """

    message = models.OneToOneField(
        OutgoingMessage, primary_key=True, on_delete=models.PROTECT, related_name="waiting"
    )

    def __str__(self) -> str:
        return f"waiting {self.message_id}"
