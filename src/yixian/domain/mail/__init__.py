"""电子邮件: an e-mail as it came, read into who sent it, what it says and what was sent with it."""

from yixian.domain.mail.mail_parser import Mail, MailUnreadable, read_mail

__all__ = ["Mail", "MailUnreadable", "read_mail"]
