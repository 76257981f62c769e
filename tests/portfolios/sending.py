"""What tests of gathering evidence send: small files, and the form that brings them."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64
ADD = "/evidence/add/"


def upload(name="photo.jpg", content=JPEG):
    return SimpleUploadedFile(name, content)


def send(client, *files, url=ADD, piece=None, json=False, **more):
    accept = {"HTTP_ACCEPT": "application/json"} if json else {}
    data = {"files": list(files), "piece": str(piece or uuid4()), "whole": "1"} | more
    return client.post(url, {name: value for name, value in data.items() if value != "leave out"}, **accept)


def at(name, evidence, query=""):
    return reverse(name, args=[evidence.public_id]) + query
