"""What people see and change of themselves: profile, consent, download, deletion."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.forms import ErasureForm, ProfileForm
from accounts.models import Membership, PrivacyNotice
from accounts.rules import has_consented


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, language, area; the ways to sign in; one's data."""
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.of(request.person)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(person=request.person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    context = {"form": form, "consented": has_consented(request.person), "roles": memberships(request)}
    return render(request, "accounts/profile.html", context, status=400 if form.is_bound else 200)


def memberships(request: HttpRequest) -> list[str]:
    """The person's roles in words."""
    rows = Membership.objects.filter(user=request.person.user).select_related("organisation")
    return [f"{row.get_role_display()} · {row.organisation}" for row in rows.order_by("organisation__name", "role")]


@login_required
def consent(request: HttpRequest) -> HttpResponse:
    """The privacy notice in force, and a button that agrees to it."""
    if request.method == "POST":
        actions.give_consent(person=request.person)
        messages.success(request, _("Thank you. Your agreement has been noted."))
        return redirect("accounts:profile")
    context = {"notice": PrivacyNotice.objects.in_force(), "consented": has_consented(request.person)}
    return render(request, "accounts/consent.html", context)


@login_required
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """Everything that is held of the person, as a JSON file."""
    data = {"as_of": timezone.now().isoformat(), **actions.export_person(person=request.person)}
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="rembuk-data.json"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Deletes the account after one word."""
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = request.person
        logout(request)
        actions.erase_person(person=person)
        messages.success(request, _("Your account and what it held have been deleted."))
        return redirect("pages:home")
    return render(request, "accounts/erase.html", {"form": form}, status=400 if form.is_bound else 200)
