"""What can go wrong in the room."""


class Refused(Exception):
    """Something that the rules do not allow; the message says why and what to do."""


class ChangedMeanwhile(Refused):
    """Somebody else changed it since the page was opened: nothing was changed by this one."""
