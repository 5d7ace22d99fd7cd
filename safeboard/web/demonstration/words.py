"""Made-up accounts of incidents, by scenario. Nobody in them exists."""

ACCOUNTS = {
    "accidental-inappropriate": (
        "While looking up pictures for a project, {child} opened an adult page, closed it and told the teacher.",
        "A search for a song brought up a violent clip on {child}'s screen. Two others at the table saw it.",
        "An advert on a games page led {child} to a gambling site. The filter had not blocked it.",
    ),
    "deliberate-inappropriate": (
        "{child} used a private network app on the library's wireless to watch clips that the filter blocks.",
        "{child} showed friends a page with adult pictures on a phone at break time.",
        "The weekly filter report shows repeated searches for self-harm pages from the account that {child} uses.",
    ),
    "accidental-illegal": (
        "A link in a message opened a page with a picture that may be unlawful. It was closed and the room locked.",
        "A pop-up on a shared computer showed something that staff think is unlawful. Nobody looked again.",
    ),
    "deliberate-illegal": (
        "{child} told a worker that an older relative keeps pictures that frightened them. Nothing was looked at.",
        "A parent rang to say that pictures of pupils are being passed on in a group chat. Nobody here has seen them.",
    ),
    "email-misuse": (
        "{child} received threatening messages by email from an address nobody knows.",
        "An email that claims to be from the school asked parents to pay for a trip through a link.",
        "Rude messages were sent from {child}'s account. {child} says that somebody else knows the password.",
    ),
    "other-technology-misuse": (
        "A clip of {child} falling over in the corridor was filmed without asking and passed round.",
        "{child} was added to a group on a messaging app where strangers ask for photographs.",
        "An assistant program was used to make a false picture of a teacher, fully clothed, to make fun of them.",
    ),
    "network-misuse": (
        "Somebody changed the start page of every computer in the room. {child} said later that it had been a dare.",
        "{child} guessed a member of staff's password and looked at the seating plan.",
    ),
    "bullying-harassment": (
        "{child} has had unkind comments under every photograph for three weeks, from two others in the year.",
        "A made-up profile in {child}'s name is used to insult other pupils.",
        "{child} was left out of a group chat in which others made fun of how {child} speaks.",
        "Somebody who claims to be at the same school sends {child} messages at night. {child} is afraid to come in.",
    ),
    "sexual-exploitation": (
        "{child} has been talking for weeks with an adult met in a game, who asks for pictures and wants to meet.",
        "{child} told a youth worker that somebody online sends presents and asks to keep it secret.",
    ),
}
ACTIONS = (
    "The device was put in the office safe. Parents were rung.",
    "The page was reported to the filtering provider. The class talked about what to do.",
    "A member of staff sat with the child and rang home.",
    "Nothing yet beyond listening and writing this down.",
)
NOTES = (
    "Rang home and spoke with the parent, who was grateful to know.",
    "Spoke with the child again. They feel safer and know whom to go to.",
    "Provider confirmed that the address is blocked now.",
    "Talked with the class teacher. Seating was changed.",
    "The year head will look in every morning this week.",
)
CONCLUSIONS = (
    "The child has support and knows whom to tell. The filter was changed. No further action.",
    "Dealt with under the behaviour policy. Both families were seen. To be looked at again next half term.",
    "Referred, and the answer received. Support goes on with the family worker.",
    "No unlawful act was found. The acceptable-use policy was explained again to the group.",
)
ANSWERS = (
    "They thank us for the report and will take it from here. No further information needed.",
    "Does not meet their threshold. Advice given and followed.",
    "Visited the family. A plan is in place and we are part of it.",
)
FOUND = {
    "bullying-harassment": ("told-by-child", "told-by-parent", "seen"),
    "sexual-exploitation": ("told-by-child", "told-by-staff", "police-or-ceop"),
    "network-misuse": ("technical-staff", "log-review", "seen"),
}
ANY_FOUND = ("told-by-child", "told-by-parent", "told-by-staff", "seen", "filter-or-monitoring", "log-review")
WEIGHTS = {
    "accidental-inappropriate": 22,
    "deliberate-inappropriate": 15,
    "accidental-illegal": 2,
    "deliberate-illegal": 3,
    "email-misuse": 9,
    "other-technology-misuse": 14,
    "network-misuse": 6,
    "bullying-harassment": 23,
    "sexual-exploitation": 6,
}
