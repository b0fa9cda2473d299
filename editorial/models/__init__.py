from editorial.models.calendar import DayOff, SwappedDay
from editorial.models.limits import TimeLimit, Urgency
from editorial.models.notices import Notice, NoticeKind
from editorial.models.review import ReviewState, ReviewTask, ReviewVote, Step
from editorial.models.rules import ApprovalRule, Quorum
from editorial.models.submissions import Submission
from editorial.models.upkeep import Confirmation, UpkeepRule
from editorial.models.withdrawals import Withdrawal

__all__ = [
    "ApprovalRule",
    "Confirmation",
    "DayOff",
    "Notice",
    "NoticeKind",
    "Quorum",
    "ReviewState",
    "ReviewTask",
    "ReviewVote",
    "Step",
    "Submission",
    "SwappedDay",
    "TimeLimit",
    "UpkeepRule",
    "Urgency",
    "Withdrawal",
]
