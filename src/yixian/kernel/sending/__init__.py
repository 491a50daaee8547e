"""通知: telling people by text message and e-mail.

`send` writes a message down inside the caller's transaction and sends nothing; the tick ``kernel.sending`` sends what
waits, at least once, with growing waits between attempts. What is not set up is not offered: ask `channels_available`.
"""

from yixian.kernel.sending.channels import channels_available
from yixian.kernel.sending.enqueue import send
from yixian.kernel.sending.message import Message

__all__ = ["Message", "channels_available", "send"]
