from editorial.models.review import ReviewState, ReviewTask, ReviewVote, Step
from editorial.models.rules import ApprovalRule, Quorum

__all__ = ["ApprovalRule", "Quorum", "ReviewState", "ReviewTask", "ReviewVote", "Step"]
