import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.core.encryption import (
    CannotUnseal,
    PassphraseCost,
    bind,
    blind_index,
    derive,
    key_from_passphrase,
    key_id_of,
    mac,
    random_key,
    seal,
    unseal,
    unseal_many,
)

CHEAP = PassphraseCost(iterations=1, memory_kib=8, lanes=1)
KEY = bytes(range(32))
ONE = "01" + "00" * 31
THREE = "03" + "00" * 11

# RFC 8452, appendix C.2 and C.3: key, nonce, aad, plaintext, result.
GCM_SIV = [
    (ONE, THREE, "", "", "07f5f4169bbf55a8400cd47ea6fd400f"),
    (ONE, THREE, "", "0100000000000000", "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28"),
    (ONE, THREE, "01", "0200000000000000", "1de22967237a813291213f267e3b452f02d01ae33e4ec854"),
    (
        ONE,
        THREE,
        "010000000000000000000000000000000200",
        "0300000000000000000000000000000004000000",
        "43dd0163cdb48f9fe3212bf61b201976067f342bb879ad976d8242acc188ab59cabfe307",
    ),
    (
        "3c535de192eaed3822a2fbbe2ca9dfc88255e14a661b8aa82cc54236093bbc23",
        "688089e55540db1872504e1c",
        "734320ccc9d9bbbb19cb81b2af4ecbc3e72834321f7aa0f70b7282b4f33df23f167541",
        "ced532ce4159b035277d4dfbb7db62968b13cd4eec",
        "626660c26ea6612fb17ad91e8e767639edd6c9faee9d6c7029675b89eaf4ba1ded1a286594",
    ),
    (
        "00" * 32,
        "00" * 12,
        "",
        "000000000000000000000000000000004db923dc793ee6497c76dcc03a98e108",
        "f3f80f2cf0cb2dd9c5984fcda908456cc537703b5ba70324a6793a7bf218d3eaffffffff000000000000000000000000",
    ),
]


@pytest.mark.parametrize("vector", GCM_SIV)
def test_the_cipher_gives_the_results_of_rfc_8452(vector):
    key, nonce, aad, plaintext, result = map(bytes.fromhex, vector)
    assert AESGCMSIV(key).encrypt(nonce, plaintext, aad) == result
    assert AESGCMSIV(key).decrypt(nonce, result, aad) == plaintext


def test_key_derivation_gives_the_results_of_rfc_5869():
    secret = bytes([0x0B]) * 22
    first = HKDF(SHA256(), 42, bytes(range(13)), bytes(range(0xF0, 0xFA))).derive(secret)
    assert first.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )
    # A.3, no salt and no info: ours with no purpose, of which we take 32 bytes.
    assert derive(secret, "").hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


def test_the_passphrase_function_gives_the_result_of_rfc_9106():
    argon = Argon2id(
        salt=b"\2" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\4" * 12, secret=b"\3" * 8
    )
    tag = argon.derive(b"\1" * 32)
    assert tag.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_a_passphrase_gives_the_key_that_the_reference_implementation_gives():
    # phc-winner-argon2, test suite: Argon2id, t=2, 64 MiB, p=1.
    key = key_from_passphrase("password", b"somesalt", PassphraseCost(2, 65536, 1))
    assert key.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_a_passphrase_is_the_same_however_a_keyboard_composes_its_letters():
    composed, combined = "wanjik\u0169 na maembe", "wanjiku\u0303 na maembe"
    assert key_from_passphrase(composed, b"somesalt", CHEAP) == key_from_passphrase(
        combined, b"somesalt", CHEAP
    )


def test_the_mac_gives_the_result_of_rfc_4231():
    code = mac(b"Jefe", b"what do ya want for nothing?")
    assert code.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


@given(st.binary(max_size=300), st.binary(max_size=60), st.integers(0, 2**32 - 1))
def test_what_is_sealed_opens_and_says_which_key_sealed_it(plaintext, aad, key_id):
    sealed = seal(KEY, plaintext, aad=aad, key_id=key_id)
    assert unseal(KEY, sealed, aad=aad) == plaintext
    assert key_id_of(sealed) == key_id


def test_sealed_bytes_have_the_promised_form():
    sealed = seal(KEY, b"x" * 10, aad=b"", key_id=258)
    assert sealed[:5] == b"\x01\x00\x00\x01\x02"
    assert len(sealed) == 1 + 4 + 12 + 10 + 16


def test_every_change_of_every_bit_is_noticed():
    sealed = seal(KEY, b"Wanjiku", aad=b"here", key_id=7)
    for position in range(len(sealed)):
        for bit in range(8):
            changed = bytearray(sealed)
            changed[position] ^= 1 << bit
            with pytest.raises(CannotUnseal):
                unseal(KEY, bytes(changed), aad=b"here")


def test_what_was_cut_short_does_not_open():
    sealed = seal(KEY, b"Wanjiku", aad=b"", key_id=7)
    for length in range(len(sealed)):
        with pytest.raises(CannotUnseal):
            unseal(KEY, sealed[:length], aad=b"")


def test_another_key_does_not_open_it():
    with pytest.raises(CannotUnseal):
        unseal(random_key(), seal(KEY, b"Wanjiku", aad=b"", key_id=7), aad=b"")


def test_moved_to_another_place_it_does_not_open():
    with pytest.raises(CannotUnseal):
        unseal(KEY, seal(KEY, b"Wanjiku", aad=b"here", key_id=7), aad=b"there")


def test_a_scheme_from_the_future_is_refused_not_misread():
    with pytest.raises(CannotUnseal):
        unseal(KEY, b"\x02" + seal(KEY, b"Wanjiku", aad=b"", key_id=7)[1:], aad=b"")


def test_the_same_text_sealed_twice_looks_different():
    assert seal(KEY, b"Wanjiku", aad=b"", key_id=7) != seal(KEY, b"Wanjiku", aad=b"", key_id=7)


def test_many_are_unsealed_as_one_by_one_and_one_bad_one_is_noticed():
    sealed = [(seal(KEY, bytes([n]), aad=bytes([n, n]), key_id=1), bytes([n, n])) for n in range(20)]
    assert unseal_many(KEY, sealed) == [bytes([n]) for n in range(20)]
    sealed[7], sealed[8] = (sealed[7][0], sealed[8][1]), (sealed[8][0], sealed[7][1])
    with pytest.raises(CannotUnseal):
        unseal_many(KEY, sealed)


def test_keys_are_new_each_time():
    assert len({random_key() for _ in range(100)}) == 100


def test_keys_for_different_purposes_have_nothing_in_common():
    assert derive(KEY, "database") != derive(KEY, "keyring file")
    assert KEY not in (derive(KEY, "database"), derive(KEY, "keyring file"))


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_different_parts_are_never_bound_to_the_same_bytes(one, other):
    assert (bind(*one) == bind(*other)) == (one == other)


def test_a_blind_index_finds_equal_values_within_one_context_and_key():
    index = blind_index(KEY, context="phone", value="+254700000001")
    assert index == blind_index(KEY, context="phone", value="+254700000001")
    assert len(index) == 16
    assert index != blind_index(KEY, context="phone", value="+254700000002")
    assert index != blind_index(KEY, context="number", value="+254700000001")
    assert index != blind_index(random_key(), context="phone", value="+254700000001")
