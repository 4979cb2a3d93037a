"""Certificates for HTTPS on a local network, by an authority of the home's own.

The authority may speak for servers of private names and addresses alone: whoever stole its key could not
pretend to be a site of the open internet to a phone that trusts it, nor sign programs or mail. Its key leaves
this module sealed; the server's key is made anew at every start and is meant for memory alone.

Source: RFC 5280 (4.2.1.10, name constraints; 4.2.1.12, what a key is for), CA/Browser Forum baseline requirements
(the subject's alternative names say what a certificate is for), RFC 6762, 8375 and 1918 (names and addresses of
local networks).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kimbilio.core.encryption.ciphers import CannotUnseal, seal, unseal

# A name below these never belongs to anybody on the open internet.
PRIVATE_NAMES = ("localhost", "local", "lan", "home.arpa", "internal")
PRIVATE_NETWORKS = (
    "127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 ::1/128 fc00::/7 fe80::/10".split()
)
# The first day of an authority whatever the clock says, so that one which ran ahead makes none for days to come.
AUTHORITY_BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
_AUTHORITY_LASTS = timedelta(days=3650)
LEAF_LASTS = timedelta(days=30)
# A laptop whose clock is behind by a day is served all the same.
_BEFORE = timedelta(days=1)
_AAD = b"certificate authority"


@dataclass(frozen=True)
class Authority:
    """A certificate that devices are asked to trust, and its key, sealed."""

    certificate: bytes  # PEM
    sealed_key: bytes

    @property
    def fingerprint(self) -> str:
        """Return what people compare: SHA-256 of the certificate, in pairs as every device shows it."""
        return fingerprint_of(self.certificate)


@dataclass(frozen=True)
class Leaf:
    """The certificate that the server shows, with its authority's below it, and its key. Never write the key down."""

    chain: bytes  # PEM
    key: bytes = field(repr=False)  # PEM


def is_private_name(name: str) -> bool:
    """Say whether our authority may speak for this name."""
    return any(name == ending or name.endswith(f".{ending}") for ending in PRIVATE_NAMES)


def is_private_address(address: str) -> bool:
    """Say whether our authority may speak for this address."""
    try:
        return any(ip_address(address) in ip_network(network) for network in PRIVATE_NETWORKS)
    except ValueError:
        return False


def make_authority(key: bytes, *, now: datetime | None = None) -> Authority:
    """Make an authority whose key opens with `key` alone. Not before AUTHORITY_BEGINS: devices would refuse it."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kimbilio")])
    ends = (now or datetime.now(UTC)) + _AUTHORITY_LASTS
    constraints: list[x509.GeneralName] = [x509.DNSName(ending) for ending in PRIVATE_NAMES]
    constraints += [x509.IPAddress(ip_network(network)) for network in PRIVATE_NETWORKS]
    certificate = (
        _builder(name, name, private.public_key(), AUTHORITY_BEGINS, ends)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_may_sign(certificates=True), critical=True)
        .add_extension(x509.NameConstraints(constraints, None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, SHA256())
    )
    readable = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return Authority(certificate.public_bytes(Encoding.PEM), seal(key, readable, aad=_AAD, key_id=0))


def make_leaf(
    authority: Authority, key: bytes, *, names: Collection[str], now: datetime | None = None
) -> Leaf:
    """Make a certificate for these names and addresses, and its key.

    Raises CannotUnseal for a key that is not the authority's, ValueError for a name that is not private or a key of
    another certificate.
    """
    issuer = x509.load_pem_x509_certificate(authority.certificate)
    signing = _signing_key(authority, key)
    private = ec.generate_private_key(ec.SECP256R1())
    begins = (now or datetime.now(UTC)) - _BEFORE
    identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    certificate = (
        _builder(x509.Name([]), issuer.subject, private.public_key(), begins, begins + _BEFORE + LEAF_LASTS)
        .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_may_sign(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .sign(signing, SHA256())
    )
    readable = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Leaf(certificate.public_bytes(Encoding.PEM) + authority.certificate, readable)


def is_whole(authority: Authority, key: bytes) -> bool:
    """Say whether the authority's key opens with `key`, and is that of its certificate."""
    try:
        _signing_key(authority, key)
    except (CannotUnseal, ValueError):
        return False
    return True


def names_in(certificate: bytes) -> set[str]:
    """Return the names and addresses that a certificate (PEM) is for."""
    found = x509.load_pem_x509_certificate(certificate).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    return {str(name.value) for name in found.value}


def ends_on(certificate: bytes) -> datetime:
    """Return when a certificate (PEM) ends."""
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc


def fingerprint_of(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate (PEM), as pairs of capitals with colons between."""
    return x509.load_pem_x509_certificate(certificate).fingerprint(SHA256()).hex(":").upper()


def as_der(certificate: bytes) -> bytes:
    """Return a certificate (PEM) in the form that every device takes in."""
    return x509.load_pem_x509_certificate(certificate).public_bytes(Encoding.DER)


def _signing_key(authority: Authority, key: bytes) -> ec.EllipticCurvePrivateKey:
    signing = load_der_private_key(unseal(key, authority.sealed_key, aad=_AAD), None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey)
    if signing.public_key() != x509.load_pem_x509_certificate(authority.certificate).public_key():
        raise ValueError("The key is that of another certificate.")
    return signing


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    begins: datetime,
    ends: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def _alternative(name: str) -> x509.GeneralName:
    if is_private_address(name):
        return x509.IPAddress(ip_address(name))
    if is_private_name(name):
        return x509.DNSName(name)
    raise ValueError(f"{name} is not private")


def _may_sign(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
