"""Vietnamese typed without an input method: the raw keys of Telex (`ddawng kys`) and VNI (`d9a8ng ky1`) as words.

Both write a letter's mark and the syllable's tone with further keys after the vowel. A word is read so only where it
is no syllable as it stands and becomes one: `kys` is none, `ký` is; `online` stays.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()  # noqa: SIM905
_RIMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu "  # noqa: SIM905
    "im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oat oay oc oe oem oen oeo oet oi om on ong "
    "op ot u ua uan uang uao uat uau uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy "
    "uya uych uyen uyet uynh uyp uyt uyu y yem yen yeng yet yeu".split()
)
_ONSET = re.compile("|".join(sorted(_ONSETS, key=len, reverse=True)))
# Vowels with a mark that never end a syllable.
_NEEDS_END = frozenset("ăâ")
# ưa, ưu, ươu: a mark typed at the end belongs to the letter before the last.
_MARKED_FIRST = frozenset({"ua", "uu", "ou"})
_VOWELS = frozenset("aeiouyăâêôơư")

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323", "z": ""}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323", "0": ""}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_BREVE = {"a": "ă"}
_PLAIN = str.maketrans("ăâêôơưđ", "aaeooud")


@lru_cache(maxsize=4096)
def is_syllable(folded: str) -> bool:
    """Whether a word without marks can be a Vietnamese syllable."""
    if folded in _RIMES:
        return True
    onset = _ONSET.match(folded)
    if not onset:
        return False
    rest = folded[onset.end() :]
    # "gi" and "qu" are onsets that a rime may share its first letter with: gì, giếng, quốc.
    return rest in _RIMES or (onset[0] in {"gi", "qu"} and folded[1:] in _RIMES)


def telex(word: str) -> str | None:
    """The syllable that raw Telex keys (lower case ASCII) make; None where they make none."""
    if len(word) < 2 or is_syllable(word):
        return None
    letters: list[str] = []
    tone = None
    for key in word:
        has_vowel = any(letter in _VOWELS for letter in letters)
        if key in _TELEX_TONES and has_vowel:
            if tone is not None:
                return None
            tone = _TELEX_TONES[key]
        elif not _telex_mark(letters, key, has_vowel):
            letters.append(key)
    return _syllable(letters, tone or "", word)


def _telex_mark(letters: list[str], key: str, has_vowel: bool) -> bool:
    """Whether the key only puts a mark on a letter before it."""
    if key == "w":
        return _put(letters, _HORN | _BREVE) or (not has_vowel and _append(letters, "ư"))
    if key == "d":
        return _replace_first(letters, "d", "đ")
    if key in _CIRCUMFLEX and key in letters:
        return _replace_last(letters, key, _CIRCUMFLEX[key])
    return False


def vni(word: str) -> str | None:
    """The syllable that raw VNI keys make; None where they make none."""
    if not word[:1].isalpha() or not any(char.isdigit() for char in word):
        return None
    letters: list[str] = []
    tone = None
    for key in word:
        if not key.isdigit():
            letters.append(key)
        elif key in _VNI_TONES:
            if tone is not None or not any(letter in _VOWELS for letter in letters):
                return None
            tone = _VNI_TONES[key]
        elif not _vni_mark(letters, key):
            return None
    return _syllable(letters, tone or "", word)


def _vni_mark(letters: list[str], key: str) -> bool:
    if key == "9":
        return _replace_first(letters, "d", "đ")
    return _put(letters, {"6": _CIRCUMFLEX, "7": _HORN, "8": _BREVE}[key])


def _append(letters: list[str], letter: str) -> bool:
    letters.append(letter)
    return True


def _put(letters: list[str], marks: dict[str, str]) -> bool:
    """Put the mark on the last letter that takes one; on the first of "ua", "uu", "ou", on both of "uo"."""
    at = next((at for at in reversed(range(len(letters))) if letters[at] in marks), None)
    if at is None:
        return False
    if at and letters[at - 1] in marks and letters[:at] != ["q", "u"]:
        at -= letters[at - 1] + letters[at] in _MARKED_FIRST
    letters[at] = marks[letters[at]]
    if letters[at] == "ơ" and at and letters[at - 1] == "u" and letters[:at] != ["q", "u"]:
        letters[at - 1] = "ư"
    return True


def _replace_first(letters: list[str], old: str, new: str) -> bool:
    if letters[:1] != [old]:
        return False
    letters[0] = new
    return True


def _replace_last(letters: list[str], old: str, new: str) -> bool:
    at = len(letters) - 1 - letters[::-1].index(old)
    letters[at] = new
    return True


def _syllable(letters: list[str], tone: str, word: str) -> str | None:
    text = "".join(letters)
    if text.endswith("ươ"):  # with a letter after it only: "thuở"
        text = text.removesuffix("ươ") + "uơ"
    if text[-1:] in _NEEDS_END or not is_syllable(text.translate(_PLAIN)) or (text == word and not tone):
        return None
    at = _tone_bearer(text)
    return unicodedata.normalize("NFC", text[: at + 1] + tone + text[at + 1 :])


def _tone_bearer(text: str) -> int:
    """Where the tone is written: on a vowel with a mark, else on the last but one, or the last before a consonant."""
    start = 2 if text[:2] in {"qu", "gi"} and any(char in _VOWELS for char in text[2:]) else 0
    vowels = [at for at, char in enumerate(text) if at >= start and char in _VOWELS]
    marked = [at for at in vowels if text[at] not in "aeiouy"]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return vowels[0]
    return vowels[1] if len(vowels) > 2 or vowels[-1] < len(text) - 1 else vowels[0]


# Loan words that the keys of Telex would make syllables of.
_LOANS = frozenset(("gas", "photo", "test", "visa"))
_KEYS = re.compile(r"(?<![^\W_])[A-Za-z][A-Za-z0-9]*(?![^\W_])")


def with_marks(text: str, known: Collection[str] = ()) -> str:
    """The text with words of raw keys composed, but for the known ones (folded).

    VNI only where two words are typed so, one of them longer than the classes of licences (A1 A2), since codes end with
    a digit too.
    """
    typed_so = [word for word in _KEYS.findall(text) if vni(word.lower())]
    is_vni = len(typed_so) > 1 and any(len(word) > 2 for word in typed_so)

    def composed(found: re.Match[str]) -> str:
        word = found[0].lower()
        if word in known or word in _LOANS:
            return found[0]
        return telex(word) or (vni(word) if is_vni else None) or found[0]

    return _KEYS.sub(composed, text)
