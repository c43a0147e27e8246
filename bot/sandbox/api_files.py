"""getFile, and what a download finds."""

from typing import Any

from bot.sandbox.api_common import Call
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.state import Realm, StoredFile

Json = dict[str, Any]


def get_file(call: Call) -> Json:
    """getFile; what is over 20 MB (faults.limits.download_bytes) bots can't have."""
    file_id = call.params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = call.realm.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > call.realm.faults.limits.download_bytes:
        raise bad_request("file is too big")
    ids = {"file_id": stored.file_id, "file_unique_id": stored.unique_id}
    return {**ids, "file_size": len(stored.data), "file_path": stored.path}


def file_at(realm: Realm, token: str, path: str) -> StoredFile:
    """The file behind /file/bot<token>/<path>; raises ApiError."""
    if token not in realm.bots:
        raise ApiError(401, "Unauthorized: invalid token specified")
    for stored in realm.files.values():
        if stored.path == path:
            return stored
    raise ApiError(404, "Not Found")
