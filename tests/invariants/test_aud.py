"""AUD-1: every action writes one entry of a chain; AUD-2: nothing is back-dated; AUD-5: nobody signs for another.

tests/test_house_rules.py asks every action in the source for its entry; here the entries are counted.
"""

from collections import Counter
from datetime import datetime, timedelta
from inspect import signature

import pytest
from django.forms import BaseForm, DateTimeField
from django.utils import timezone

from accounts import actions as accounts
from assessments import actions as assessments
from assessments import states as judged
from assessments.models import Judgement, LearnerConfirmation, SignOff
from audit import actors
from audit.actors import clock_at, now, today
from audit.models import Chain, Decision, Entry
from audit.queries import broken_links
from audit.rules import Refused
from centres import actions as centres
from certification import actions as certification
from certification.models import Certificate, Claim, EqaDecision
from portfolios import actions as portfolios
from portfolios.models import Version
from quals import actions as quals
from tests.certification.builders import answer, refusal_of, run_jobs
from tests.factories import (
    add_file,
    agree_sample,
    allocate,
    complete_unit,
    judge,
    make_draft,
    release,
    submit_evidence,
    user_of,
    waiting_units,
)
from tests.test_house_rules import modules
from verification import actions as verification
from verification import states as verified
