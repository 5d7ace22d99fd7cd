"""The mail server of the tests takes what Django sends."""

from django.core.mail import send_mail

from tests.support.mail import Postbox


def test_a_message_goes_by_smtp(smtp_server: Postbox):
    send_mail("A duty is due", "By 17:40 today.", "board@example.org", ["lena@example.org"])
    assert [str(message["Subject"]) for message in smtp_server.messages] == ["A duty is due"]
    assert smtp_server.texts_for("lena@example.org")[0].strip() == "By 17:40 today."
    assert smtp_server.texts_for("otto@example.org") == []
