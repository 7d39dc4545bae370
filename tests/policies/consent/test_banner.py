"""The banner: the same bytes for everybody, whoever they are and whatever they chose."""

import re
from html import unescape

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.test import Client, RequestFactory

from common import clock
from common.canonical import sha256
from common.shelf import Shelf
from policies.consent.models import Choice, Purpose, Wording
from policies.consent.wordings import wording_in_force
from tests.factories import draft, home, locale, material, policy, publish
from tests.policies.consent.visitors import Visitor, ledger, told
