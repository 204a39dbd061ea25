"""What the hub answers when it does not give what is asked for, as sentences that say the fix."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from model.backends.config import Source
from model.errors import PictureError

__all__ = ["address", "told"]

_WITHOUT = (
    "Fix: connect this machine and run the same command to go on, or bring the folder from another machine and name it "
    "in place of the repository."
)


def address(repository: str) -> str:
    """The page of a repository, for a person."""
    from huggingface_hub import constants

    return f"{constants.ENDPOINT}/{repository}"


@contextmanager
def told(source: Source) -> Iterator[None]:
    """Tells what goes wrong in asking the hub for a source.

    Raises:
        PictureError: it is not to be asked or cannot be reached, it does not have it, or it does not give it.
    """
    from huggingface_hub import errors, is_offline_mode
    from huggingface_hub import logging as of_hub

    name = f"{source.where}@{source.revision}" if source.revision else source.where
    if is_offline_mode():
        variable = "TRANSFORMERS_OFFLINE" if os.environ.get("TRANSFORMERS_OFFLINE") else "HF_HUB_OFFLINE"
        raise PictureError(f"{name} is not fetched, as {variable} is set. Fix: unset it and run the same command.")
    page = address(source.where)
    shown = of_hub.get_verbosity()
    of_hub.set_verbosity(logging.ERROR)
    try:
        yield
    except errors.GatedRepoError:
        raise PictureError(
            f"{source.where} is given only to those who accept its licence. Fix: log in at {page} and accept it there, "
            "then run `hf auth login` and the same command again."
        ) from None
    except errors.RepositoryNotFoundError:
        raise PictureError(
            f"there is no repository {source.where} that you may read. Fix: check its name at {page}; "
            "if it is private, run `hf auth login` first."
        ) from None
    except errors.RevisionNotFoundError:
        raise PictureError(
            f"{source.where} has no revision {source.revision}. Fix: name a branch, tag or commit of {page}."
        ) from None
    except errors.EntryNotFoundError:
        raise PictureError(
            f"a file of {name} was taken away in the meantime. Fix: run the same command again."
        ) from None
    except errors.HfHubHTTPError as error:
        status = error.response.status_code
        if status in (401, 403):
            raise PictureError(
                f"the hub does not let you read {name} (status {status}). Fix: log in with `hf auth login`, accept the "
                f"licence at {page} if it asks for that, and run the same command again."
            ) from None
        raise PictureError(
            f"the hub could not give {name} (status {status}). What came is kept. "
            "Fix: run the same command later to go on."
        ) from None
    except errors.HTTPError as error:  # type: ignore[attr-defined]
        raise PictureError(
            f"{name}: no connection to {_host(page)} ({type(error).__name__}). What came is kept. {_WITHOUT}"
        ) from None
    finally:
        of_hub.set_verbosity(shown)


def _host(page: str) -> str:
    return page.split("/")[2]
