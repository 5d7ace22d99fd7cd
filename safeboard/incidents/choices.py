"""Fixed choices of the incident room; scenarios, classifications and charts are pack content."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Images(models.TextChoices):
    """Whether a matter is about indecent images of children. Chosen before anything can be attached."""

    NO = "no", _("No")
    MAYBE = "maybe", _("Perhaps, or I am not sure")
    YES = "yes", _("Yes")


class Status(models.TextChoices):
    """Where an incident stands."""

    OPEN = "open", _("Open")
    REFERRED = "referred", _("With another body")
    CONCLUDED = "concluded", _("Concluded")


class Kin(models.TextChoices):
    """Whether somebody involved is a child, staff, or neither."""

    CHILD = "child", _("A child or young person")
    STAFF = "staff", _("A member of staff or volunteer")
    OTHER = "other", _("Somebody else")


class Part(models.TextChoices):
    """What part somebody had. Words without blame: what is known, not what is thought."""

    AFFECTED = "affected", _("Was harmed or put at risk")
    INVOLVED = "involved", _("Took part")
    CONCERN = "concern", _("The concern is about them")
    TOLD = "told", _("Told us about it")
    SAW = "saw", _("Saw it or may know more")


class DutyKind(models.TextChoices):
    """What is owed."""

    RECORD = "record", _("Write a record")
    REFER = "refer", _("Refer")
    TELL = "tell", _("Tell")
    CONFIRM = "confirm", _("Ask whether it arrived")
    ANSWER = "answer", _("Get an answer")
    PRESERVE = "preserve", _("Keep evidence safe")
    DECIDE = "decide", _("Decide")
    SUPPORT = "support", _("Arrange support")
    DEBRIEF = "debrief", _("Hold a debrief")
    DISCUSS = "discuss", _("Arrange a strategy discussion")


class Owner(models.TextChoices):
    """Who owes a duty."""

    REPORTER = "reporter", _("The person who reported")
    DESIGNATED_OFFICER = "designated_officer", _("Designated child protection officer")
    AGENCY_LEAD = "agency_lead", _("Agency e-safety lead")
    RESPONSIBLE_PERSON = "responsible_person", _("Head, governor or trustee responsible")
    HR = "hr", _("Designated officer for staff allegations")


class ReferralState(models.TextChoices):
    """Where a referral stands. Which change leads from where to where is in ``rules.REFERRAL_MOVES``."""

    DRAFTED = "drafted", _("Not sent yet")
    SENT = "sent", _("Sent, not acknowledged")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged, no answer yet")
    ACCEPTED = "accepted", _("Accepted, no answer yet")
    REFUSED = "refused", _("Refused")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Referrals that wait for the other body; and those that wait for anybody.
WAITING = (ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED)
UNFINISHED = (ReferralState.DRAFTED, *WAITING)


class Alarm(models.TextChoices):
    """What is amiss with a referral: three different things, in the order of their weight."""

    NOT_SENT = "not-sent", _("Not sent")
    OVERDUE = "overdue", _("Answer overdue")
    NOT_ACKNOWLEDGED = "not-acknowledged", _("Not acknowledged")


class ReceivedState(models.TextChoices):
    """Where a referral to this agency stands. Changes: ``rules.RECEIVED_MOVES``."""

    NEW = "new", _("Waits for us")
    ACKNOWLEDGED = "acknowledged", _("We said that we have it")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn by the sender")


class Share(models.TextChoices):
    """A decision about information."""

    SHARE = "share", _("Share it")
    KEEP = "keep", _("Do not share it")


class Consent(models.TextChoices):
    """Whether those concerned were asked."""

    GIVEN = "given", _("They were asked and agreed")
    REFUSED = "refused", _("They were asked and did not agree")
    NOT_SOUGHT = "not_sought", _("They were not asked")


class Next(models.TextChoices):
    """What to do about a referral that was refused."""

    CHALLENGE = "challenge", _("Challenge it: take it higher")
    ELSEWHERE = "elsewhere", _("Refer it to somebody else")
    ACCEPT = "accept", _("Leave it there")


class How(models.TextChoices):
    """How a referral was made."""

    TELEPHONE = "telephone", _("By telephone")
    ONLINE = "online", _("On their website")
    EMAIL = "email", _("By secure email")
    LETTER = "letter", _("In writing")
    IN_PERSON = "in_person", _("In person")


class NoteKind(models.TextChoices):
    """What an entry of the story is."""

    ACTION = "action", _("Something was done")
    RECORD = "record", _("Written record of what a child or adult said")
    CONTACT = "contact", _("Conversation or message")
    DECISION = "decision", _("Decision and its reason")
    REOPENED = "reopened", _("Reopened")
    CONCLUDED = "concluded", _("Concluded")
    CHANGED = "changed", _("Details were changed")


# --- support (Harrow 4.5, 4.6, 6.4), the strategy discussion (Toolkit Annexes E, F), concerns about staff (Harrow 5.2) ---


class SupportFor(models.TextChoices):
    """The three questions about support that every incident answers before it is concluded."""

    HARMED = "harmed", _("Those who were harmed or put at risk")
    OTHERS = "others", _("Others who may be affected")
    DID_IT = "did-it", _("A child who did it, or took part")


class SupportState(models.TextChoices):
    """What was decided about somebody's support."""

    OFFERED = "offered", _("Support was offered")
    DECLINED = "declined", _("Support was offered and declined")
    NOT_NEEDED = "not-needed", _("No support is needed")
    NOBODY = "nobody", _("There is nobody to support")


class Held(models.TextChoices):
    """How a strategy discussion was held."""

    MEETING = "meeting", _("In a meeting")
    TELEPHONE = "telephone", _("By telephone")
    VIDEO = "video", _("By video call")


class MinuteKind(models.TextChoices):
    """What an entry of the minutes of a strategy discussion is."""

    DECISION = "decision", _("Decision")
    CHILD = "child", _("What the child is told")
    PARENTS = "parents", _("What the parents or carers are told")
    ACTION = "action", _("Action")
    ADDED = "added", _("Added to the minutes")


class Threshold(models.TextChoices):
    """How grave a concern about staff is (Keeping Children Safe in Education, part 4). Both are kept."""

    HARM = "harm", _("It may meet the harm threshold")
    LOW = "low", _("It is a low-level concern")


class RiskLevel(models.TextChoices):
    """What a risk assessment of a member of staff came to (Harrow 5.2)."""

    NONE = "none", _("No risk to children was found")
    SOME = "some", _("There may be a risk")
    HIGH = "high", _("There is a risk")


class Finding(models.TextChoices):
    """What an allegation made online turned out to be."""

    OPEN = "open", _("Not settled yet")
    TRUE = "true", _("True")
    PARTLY = "partly", _("True in part")
    FALSE = "false", _("False")
    UNSETTLED = "unsettled", _("Could not be settled")


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is."""

    DEVICE = "device", _("Device: a telephone, a computer, a camera")
    STORAGE = "storage", _("Storage: a memory stick, a disk, a card")
    PRINTOUT = "printout", _("Paper: a printout, a letter, a note")
    ACCOUNT = "account", _("What somebody saw on a screen, in words")
    LOG = "log", _("Log or record of a system")
    FILE = "file", _("File")
    OTHER = "other", _("Something else")


class Custody(models.TextChoices):
    """Where a piece of evidence stands: what the last handover made of it."""

    KEPT = "kept", _("Kept here")
    HANDED_ON = "handed_on", _("With somebody else")
    RETURNED = "returned", _("Given back to its owner")
    DISPOSED = "disposed", _("Disposed of")


class Scan(models.TextChoices):
    """What the virus scanner said of a file that is kept. A file that it refused is not kept."""

    CLEAN = "clean", _("Scanned, nothing found")
    NOT_SCANNED = "not_scanned", _("Not scanned: no scanner is set up")


# Alerts of filtering and monitoring products ------------------------------------------------------------------


class AlertCategory(models.TextChoices):
    """What an alert is about. Products' own words are mapped to these (safeboard/api/mappings)."""

    IMAGES = "images", _("Pictures of sexual abuse, perhaps")
    NUDES = "nudes", _("Naked or sexual pictures, perhaps of a child")
    GROOMING = "grooming", _("An adult seeking a child, perhaps")
    SELF_HARM = "self-harm", _("Self-harm or suicide")
    BULLYING = "bullying", _("Bullying or hate")
    EXTREMISM = "extremism", _("Extremism")
    VIOLENCE = "violence", _("Violence or weapons")
    ADULT = "adult", _("Pornography or other adult material")
    SUBSTANCES = "substances", _("Drugs, alcohol or gambling")
    GETTING_ROUND = "getting-round", _("Getting round the filter")
    OTHER = "other", _("Something else")


# What may be about images of children: nothing that a product sends with it is read or kept (PCA 1978 s.1).
GRAVE_ALERTS = frozenset({AlertCategory.IMAGES, AlertCategory.NUDES})


class Severity(models.TextChoices):
    """How grave a product thinks an alert is."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


# Looking back: debriefs, serious reviews, lessons ---------------------------------------------------------------


class Prevented(models.TextChoices):
    """Whether it could have been prevented."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("We cannot say")


class Effective(models.TextChoices):
    """Whether the response was effective; and, after three months, whether a lesson worked."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")


class LessonKind(models.TextChoices):
    """What a lesson becomes."""

    ACTION = "action", _("Something to do")
    POLICY = "policy", _("A change of policy or practice")
    TRAINING = "training", _("A training need")


class Origin(models.TextChoices):
    """What a lesson was learned from."""

    DEBRIEF = "debrief", _("A debrief")
    SERIOUS = "serious", _("A review of a serious incident")
    NEAR_MISS = "near_miss", _("A near miss")
    LOG = "log", _("A review of the log")
    ELSEWHERE = "elsewhere", _("Something else")


class SeriousState(models.TextChoices):
    """Where the text about a serious incident stands, on its way to the board."""

    DRAFT = "draft", _("Being written")
    ASKED = "asked", _("Waits for a second person")
    RELEASED = "released", _("With the board")


class Asks(models.TextChoices):
    """The four questions about a serious incident (Toolkit s5)."""

    WHY = "why", _("Why it happened")
    PREVENTED = "prevented", _("Whether it could have been prevented")
    RESPONSE = "response", _("The response")
    LESSONS = "lessons", _("Lessons")


class Every(models.TextChoices):
    """How often an agency reviews its log."""

    MONTH = "month", _("Every month")
    TERM = "term", _("Every term")


# The register: its filter and its exports -------------------------------------------------------------------


class ExportKind(models.TextChoices):
    """As what incidents leave the service."""

    XLSX = "xlsx", _("One spreadsheet (XLSX)")
    CSV = "csv", _("One table for other programs (CSV)")
    RECORDS = "records", _("Each record printed as a PDF, in one ZIP file")


class ExportGroup(models.TextChoices):
    """What of the incidents a spreadsheet holds beside reference, dates, kind and state."""

    WORDS = "words", _("What happened, where, what was done, the conclusion")
    PEOPLE = "people", _("Who is involved: names, dates of birth, their part")
    REFERRALS = "referrals", _("Referrals: to whom, when, their reference, their answer")
    DUTIES = "duties", _("What was owed, by when, and when it was done")


# --- what a child or a parent sends in --------------------------------------------------------------------------


class Sender(models.TextChoices):
    """Who wrote to us without an account."""

    CHILD = "child", _("A child or young person")
    PARENT = "parent", _("A parent or carer")


class Author(models.TextChoices):
    """Whose words a message of a worry is."""

    SENDER = "sender", _("Who sent it in")
    STAFF = "staff", _("We")


class Asked(models.TextChoices):
    """An answer to a question of the public form; every one may be left out."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "not-sure", _("Not sure")


class Wish(models.TextChoices):
    """Who should read it."""

    INSIDE = "inside", _("Somebody at their school or club")
    OUTSIDE = "outside", _("Somebody from outside")


class WorryState(models.TextChoices):
    """Where a worry stands, as its clock sees it."""

    NEW = "new", _("Not read yet")
    READ = "read", _("Read, not answered")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Ended")


class ClosedWhy(models.TextChoices):
    """Why a worry was ended."""

    HELPED = "helped", _("Help is arranged, and they know of it")
    INCIDENT = "incident", _("It goes on as an incident")
    NOTHING = "nothing", _("Nothing more is needed")
    NOT_REAL = "not-real", _("It was a joke, a trial or an advertisement")
