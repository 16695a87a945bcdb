"""Every address. Areas bring their own; nothing confidential stands in one."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("hearth.web.home.urls")),
    path("", include("hearth.web.concerns.urls")),
    path("", include("hearth.web.triage.urls")),
    path("", include("hearth.web.cases.urls")),
    path("", include("hearth.web.work.urls")),
    path("", include("hearth.web.people.urls")),
    path("", include("hearth.web.assurance.urls")),
    path("sign-in/", include("hearth.web.signing_in.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("demonstration/", include("hearth.web.demonstration")))

handler400 = "hearth.web.errors.bad_request"
handler403 = "hearth.web.errors.not_allowed"
handler404 = "hearth.web.errors.page_not_found"
handler429 = "hearth.web.errors.too_many_requests"
handler500 = "hearth.web.errors.server_error"
