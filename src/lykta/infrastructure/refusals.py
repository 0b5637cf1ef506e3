"""What the API answers where it has nothing to give."""

from ninja import Schema


class Refusal(Schema):
    """Why there is no answer: a code that never changes, and a sentence."""

    code: str
    message: str


# Not logged in; not there, or not within reach; not understood.
REFUSALS = {401: Refusal, 404: Refusal, 422: Refusal}
