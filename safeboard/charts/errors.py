"""What can go wrong while a local chart is changed."""


class Refused(Exception):
    """A change that the rules do not allow; the message says why and what to do."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the draft since the page was opened: nothing was changed by this one."""
