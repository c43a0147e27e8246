"""getUpdates and the webhook methods (without the waiting and the HTTP, which the server does)."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.api_common import Call
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.state import Webhook
from bot.sandbox.updates import confirm, forget_expired, waiting

Json = dict[str, Any]

MOST_UPDATES = 100
MOST_SECONDS = 50
"""How many updates one getUpdates brings, and how long it waits at most (telegram-bot-api, Client.cpp)."""

_WEBHOOK_IS_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_SECRET = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def conflict_with_poller() -> ApiError:
    """What the older of two pollers is told."""
    return ApiError(
        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


def conflict_with_webhook() -> ApiError:
    """What a waiting poller is told when a webhook is set meanwhile."""
    return ApiError(409, "Conflict: terminated by setWebhook request")


def get_updates(call: Call) -> list[Json]:
    """getUpdates as it answers at once; raises 409 while a webhook is set."""
    if call.bot.webhook.url:
        raise ApiError(409, f"Conflict: {_WEBHOOK_IS_ACTIVE}")
    _set_allowed(call)
    confirm(call.bot, call.params.integer("offset"))
    limit = call.params.integer("limit", MOST_UPDATES)
    return waiting(call.realm, call.bot, limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES)


def poll_seconds(call: Call) -> float:
    """How long this getUpdates may wait for the first update."""
    return float(min(max(call.params.integer("timeout"), 0), MOST_SECONDS))


def _set_allowed(call: Call) -> None:
    """allowed_updates stay as they were unless the call names them."""
    if call.params.has("allowed_updates"):
        names = call.params.json("allowed_updates", "allowed_updates", [])
        if not isinstance(names, list):
            raise bad_request("expected an Array of update types")
        call.bot.allowed_updates = [str(name) for name in names]


def set_webhook(call: Call) -> bool:
    """setWebhook; an empty url is deleteWebhook. Unlike Telegram, plain http is taken for addresses of this machine."""
    url = call.params.text("url")
    if not url:
        return delete_webhook(call)
    _check_url(url)
    secret = call.params.text("secret_token")
    if len(secret) > 256 or not set(secret) <= _SECRET:
        raise bad_request("secret token contains unallowed characters")
    _set_allowed(call)
    if call.params.flag("drop_pending_updates"):
        call.bot.updates.clear()
    most = call.params.integer("max_connections", 40)
    call.bot.webhook = Webhook(url, secret, min(max(most, 1), 100), call.params.text("ip_address"))
    call.realm.wake(call.bot.bot_id)
    return True


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "http" and is_loopback(parts.hostname or ""):
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_loopback(parts.hostname) and parts.port not in (None, 80, 88, 443, 8443):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def is_loopback(host: str) -> bool:
    """Whether the name is one of this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def delete_webhook(call: Call) -> bool:
    """deleteWebhook."""
    call.bot.webhook = Webhook()
    if call.params.flag("drop_pending_updates"):
        call.bot.updates.clear()
    call.realm.wake(call.bot.bot_id)
    return True


def get_webhook_info(call: Call) -> Json:
    """getWebhookInfo."""
    forget_expired(call.realm, call.bot)
    hook = call.bot.webhook
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(call.bot.updates),
    }
    if hook.last_error_date is not None:
        info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message or ""}
    if hook.url:
        info |= {"max_connections": hook.max_connections, "ip_address": hook.ip_address or "127.0.0.1"}
    if call.bot.allowed_updates:
        info["allowed_updates"] = list(call.bot.allowed_updates)
    return info
