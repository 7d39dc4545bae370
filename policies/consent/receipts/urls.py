from django.urls import path, re_path

from . import views

TOKEN = r"(?P<token>[\w\-]{22}\.[\w\-]{43})"

urlpatterns = [
    path("receipts/<str:token>/", views.read_receipt, name="receipt"),
    re_path(rf"^receipts/{TOKEN}\.json$", views.read_record, name="receipt_json"),
    re_path(rf"^receipts/{TOKEN}\.jws$", views.read_signed, name="receipt_jws"),
    path("verify/", views.verify, name="verify_receipt"),
]
