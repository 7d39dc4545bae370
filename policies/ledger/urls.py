from django.urls import path

from . import views

urlpatterns = [
    path("keys.json", views.read_keys, name="ledger_keys"),
    path("checkpoint", views.read_checkpoint, name="ledger_checkpoint"),
    path("verify_ledger.py", views.read_verifier, name="ledger_verifier"),
]
