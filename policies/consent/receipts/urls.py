from django.urls import path

from . import views

urlpatterns = [
    path("receipts/<str:token>/", views.read_receipt, name="receipt"),
    path("receipts/<str:token>.json", views.read_record, name="receipt_json"),
    path("receipts/<str:token>.jws", views.read_signed, name="receipt_jws"),
    path("verify/", views.verify, name="verify_receipt"),
]
