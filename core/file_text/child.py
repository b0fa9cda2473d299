"""The process that reads one file: the file is its input, one JSON object its output. It has no database and no secret.

Limits are set here and not between fork and exec, where Python code is not safe in a process with threads.
"""

import json
import logging
import resource
import sys
import warnings

from core.file_text.limits import LARGEST_ANSWER, MEMORY, SECONDS_OF_PROCESSOR


def limit(memory: int, seconds: int) -> None:
    """Limit this process: `memory` in bytes, `seconds` of processor time; one small answer, no further process."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))  # first SIGXCPU, by which the end is understood
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, LARGEST_ANSWER),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer() -> dict[str, object]:
    from core.file_text.formats import Refused, TooLarge, read

    try:
        found = read(sys.stdin.buffer)
    except TooLarge:
        return {"state": "too_large"}
    except Refused as refusal:
        return {"state": "failed", "problem": str(refusal)}
    except MemoryError:
        return {"state": "failed", "problem": "memory"}
    except RecursionError:
        return {"state": "failed", "problem": "damaged", "detail": "RecursionError"}
    except Exception as error:  # noqa: BLE001 - libraries raise anything over a broken file
        return {"state": "failed", "problem": "damaged", "detail": f"{type(error).__name__}: {error}"[:300]}
    if found is None:
        return {"state": "not_read"}
    state = "done" if found.has_text_layer else "no_text"
    return {"state": state, "text": found.text, "pages": found.pages}


def main(memory: int = MEMORY, seconds: int = SECONDS_OF_PROCESSOR) -> None:
    limit(memory, seconds)
    logging.disable()
    warnings.simplefilter("ignore")
    sys.stdout.write(json.dumps(answer()))


if __name__ == "__main__":
    main()
