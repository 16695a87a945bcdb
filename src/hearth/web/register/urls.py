"""Addresses of the register's import."""

from django.urls import path

from hearth.web.register import views

urlpatterns = [
    path("import", views.import_page, name="import_register"),
    path("import/<uuid:public_id>", views.upload_page, name="register_upload"),
    path("import/<uuid:public_id>/faults.csv", views.faults_file, name="register_faults"),
]
