"""Subscribing and leaving. A GET shows, a POST acts: mail scanners follow every link in a letter."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from common import clock
from common.signing import BadToken, ExpiredToken, subject_of

from .actions import (
    NotWaiting,
    change_preferences,
    confirm_subscription,
    request_subscription,
    resume_subscription,
    unsubscribe,
)
from .forms import PreferencesForm, SubscribeForm
from .links import CONFIRMING, PURPOSE
from .models import Subscriber, Subscription

ONE_CLICK = "One-Click"
"""The value that a mail program posts for its own unsubscribe button (RFC 8058, section 3.1)."""

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@reads_and_posts
def subscribe(request: HttpRequest) -> HttpResponse:
    """The answer to a valid address is the same whether we know it or not."""
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        request_subscription(
            address=form.cleaned_data["email"],
            language=get_language() or settings.LANGUAGE_CODE,
            every_change=form.cleaned_data["every_change"],
        )
        context = {"address": form.cleaned_data["email"], "days": settings.CONFIRMATION_VALID_FOR.days}
        return render(request, "updates/sent.html", context)
    return render(request, "updates/subscribe.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@reads_and_posts
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks "do you want this?"; the button says yes."""
    try:
        key = _asked(token)
        if request.method != "POST":
            return render(request, "updates/confirm.html", {"is_confirmed": _is_confirmed(key)})
        confirm_subscription(key)
    except (BadToken, NotWaiting) as error:
        return _bad_link(request, is_expired=isinstance(error, ExpiredToken | NotWaiting))
    return render(request, "updates/confirmed.html")


def _asked(token: str) -> UUID:
    """Whom a confirmation link asks; one that is older than the request it would confirm asks nobody any more."""
    key = subject_of(token, purpose=CONFIRMING, valid_for=settings.CONFIRMATION_VALID_FOR)
    subscription = Subscription.objects.filter(
        subscriber__key=key, subscriber__confirmed_at=None, ended_at=None
    ).first()
    if subscription:
        since = clock.now() - subscription.started_at + timedelta(seconds=2)
        subject_of(token, purpose=CONFIRMING, valid_for=min(since, settings.CONFIRMATION_VALID_FOR))
    return key


def _is_confirmed(key: UUID) -> bool:
    subscriber = Subscriber.objects.filter(key=key, subscriptions__ended_at=None).first()
    if subscriber is None:
        raise NotWaiting(key)
    return subscriber.confirmed_at is not None


@never_cache
@csrf_exempt  # the token is the authority: a mail program posts without a cookie (RFC 8058, section 3.1)
@reads_and_posts
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, or ends all letters at once. Works for ever and any number of times."""
    try:
        key = subject_of(token, purpose=PURPOSE)
    except BadToken:
        return _bad_link(request)
    if request.method != "POST":
        return render(request, "updates/unsubscribe.html", {"is_done": False})
    unsubscribe(key)
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        return HttpResponse(status=200)
    return render(
        request, "updates/unsubscribe.html", {"is_done": True, "undo_url": reverse("updates:undo", args=[token])}
    )


@never_cache
@reads_and_posts
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Takes an unsubscription back."""
    try:
        key = subject_of(token, purpose=PURPOSE)
        if request.method == "POST":
            resume_subscription(key)
    except (BadToken, NotWaiting):
        return _bad_link(request)
    if request.method != "POST":
        return redirect("updates:unsubscribe", token=token)
    return render(request, "updates/confirmed.html")


@never_cache
@reads_and_posts
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Language and amount of letters, for whoever holds a letter of ours."""
    try:
        key = subject_of(token, purpose=PURPOSE)
    except BadToken:
        return _bad_link(request)
    subscriber = Subscriber.objects.filter(key=key, subscriptions__ended_at=None).first()
    if subscriber is None or subscriber.confirmed_at is None:
        return _bad_link(request, is_expired=True)
    form = PreferencesForm(request.POST) if request.method == "POST" else PreferencesForm.for_subscriber(subscriber)
    saved = form.is_bound and form.is_valid()
    if saved:
        change_preferences(key, **form.cleaned_data)
    context: dict[str, Any] = {"form": form, "saved": saved, "token": token, "subscriber": subscriber}
    return render(request, "updates/preferences.html", context, status=422 if form.errors else 200)


def _bad_link(request: HttpRequest, *, is_expired: bool = False) -> HttpResponse:
    """The same kind page for a forged and a mangled link; 410 where it once worked."""
    return render(request, "updates/bad_link.html", {"is_expired": is_expired}, status=410 if is_expired else 404)
