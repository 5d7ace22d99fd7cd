"""What can go wrong in the room of the filter logs."""


class Refused(Exception):
    """Something that the rules do not allow; the message says why and what to do."""


class Stopped(Refused, ConnectionError):
    """What holds the archive ended in the middle of its work; asked again, it begins anew."""
