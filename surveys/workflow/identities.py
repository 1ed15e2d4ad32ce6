"""The one place that joins a panelist to a person. Only what sends mail, and an organizer's list of addresses, asks here."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from surveys.models import Identity, Panelist, Study


@dataclass(frozen=True)
class Person:
    name: str = ""
    email: str = ""


@lru_cache(maxsize=4)
def _key(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"deterrence-delphi", info=purpose).derive(secret.encode())


def _digest(purpose: bytes, text: str) -> str:
    return hmac.new(_key(settings.IDENTITY_KEY, purpose), text.encode(), hashlib.sha256).hexdigest()


def _vault() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(settings.IDENTITY_KEY, b"seal")))


def link_digest(panelist: Panelist) -> str:
    return _digest(b"link", str(panelist.pk))


def email_digest(study: Study, email: str) -> str:
    """A digest by which an address is found again without being readable; "" for no address."""
    tidy = email.strip().lower()
    return _digest(b"email", f"{study.pk}:{tidy}") if tidy else ""


def save_person(panelist: Panelist, person: Person) -> None:
    """Store who the panelist is, replacing what was known. Nothing is stored for somebody without name and address."""
    if not (person.name or person.email):
        forget_person(panelist)
        return
    save_people([(panelist, person)])


def save_people(people: Iterable[tuple[Panelist, Person]]) -> None:
    """The same for many, each with a name or an address, in one statement for two thousand."""
    Identity.objects.bulk_create(
        [Identity(study_id=panelist.study_id, link_digest=link_digest(panelist), email_digest=email_digest(panelist.study, person.email),
                  sealed=_vault().encrypt(json.dumps(asdict(person)).encode())) for panelist, person in people],
        batch_size=2000, update_conflicts=True, unique_fields=["link_digest"], update_fields=["study", "email_digest", "sealed"],
    )


def person_of(panelist: Panelist) -> Person:
    """Who the panelist is; an empty Person when nothing is known (or it was deleted)."""
    identity = Identity.objects.filter(link_digest=link_digest(panelist)).first()
    return _open(identity) if identity else Person()


def people_of(panelists: list[Panelist]) -> dict[int, Person]:
    """Panelist id → Person, in one query."""
    digests = {link_digest(panelist): panelist.pk for panelist in panelists}
    found = Identity.objects.filter(link_digest__in=digests)
    return {digests[identity.link_digest]: _open(identity) for identity in found}


def panelists_by_email(study: Study) -> dict[str, int]:
    """Digest of an address → panelist id, for a whole study."""
    by_link = dict(Identity.objects.filter(study=study).exclude(email_digest="").values_list("link_digest", "email_digest"))
    if not by_link:
        return {}
    panelists = Panelist.objects.filter(study=study)
    return {by_link[digest]: panelist.pk for panelist in panelists if (digest := link_digest(panelist)) in by_link}


def forget_person(panelist: Panelist) -> None:
    Identity.objects.filter(link_digest=link_digest(panelist)).delete()


def _open(identity: Identity) -> Person:
    return Person(**json.loads(_vault().decrypt(bytes(identity.sealed))))
