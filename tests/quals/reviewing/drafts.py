"""Drafts, documents, and what is done with them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.actors import Actor
from audit.rules import Refused
from quals import actions
from tests.quals.builders import QAN, a_pack, load

DEMONSTRATION = Path(settings.BASE_DIR) / "fixtures" / "specifications" / "demonstration.txt"
ROBOT = Actor.system("tests")
SOIL = "units/1/outcomes/1/criteria/1.1/text"
RULES = f"qualifications/{QAN.replace('/', '-')}/rules"
GROUPS = f"qualifications/{QAN.replace('/', '-')}/groups"


def a_draft(**changes):
    return load(a_pack(**changes), publish=False)


def upload(data=b"", name="document.txt"):
    return SimpleUploadedFile(name, data or DEMONSTRATION.read_bytes())


def bring(by, data=b"", name="document.txt"):
    return actions.bring_document(name=name, file=upload(data, name), by=by)


def read(document, steps=None):
    def progress(done, of, message=""):
        if steps is not None:
            steps.append((done, of))

    return actions.read_document(document=document, progress=progress, by=ROBOT)


def refused(deed, **arguments):
    with pytest.raises(Refused) as caught:
        deed(**arguments)
    return caught.value.refusal
