"""Texts with one character for a syllable: what the ranker looks through is short, and a syllable is found at once.

A folded syllable of Vietnamese is an onset and a rhyme, so all that there can be have a character of the private use
area each, which no token has. Other words stand as they are between angle brackets. Pure.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

# Entries are stored by their order: after a change of either list all have to be written anew.
_ONSETS = " b c ch d g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu "
    "im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong ooc "
    "oong op ot u ua uac uach uai uan uang uanh uao uap uat uau uay uc ue uech uen uenh ueo uet ui uit um un ung uo "
    "uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyp uyt uyu y ych yem yen yeng yet yeu ynh yt"
)

_FIRST = 0xE000
_WORD = re.compile(r"<[^>]*>|.", re.DOTALL)


# Other words that are remembered with their brackets.
_KEPT = 50_000


class _Signs(dict[str, str]):
    def __missing__(self, token: str) -> str:
        sign = f"<{token}>"
        if len(self) < _KEPT:
            self[token] = sign
        return sign


_SIGNS = _Signs()
for _onset, _rhyme in product(_ONSETS.split(" "), _RHYMES.split()):
    _SIGNS.setdefault(_onset + _rhyme, chr(_FIRST + len(_SIGNS)))
_SYLLABLES = {sign: syllable for syllable, sign in _SIGNS.items()}


def signs(tokens: Iterable[str]) -> str:
    """A text's tokens, written together."""
    return "".join(map(_SIGNS.__getitem__, tokens))


@lru_cache(maxsize=4096)
def sign(token: str) -> str:
    """How a syllable, or a pair of neighbours, stands in such a text, and nothing else does."""
    return signs(token.split("_"))


def tokens_of(text: str) -> list[str]:
    """What `signs` was made of."""
    return [_SYLLABLES.get(found) or found[1:-1] for found in _WORD.findall(text)]
