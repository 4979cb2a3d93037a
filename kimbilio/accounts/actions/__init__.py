"""What can be done with staff and with one's own sign-in: allowed, whole and audited."""

from kimbilio.accounts.actions.keys import anchor_audit_anew, rotate_keys
from kimbilio.accounts.actions.own import (
    add_own_passkey,
    change_own_name,
    choose_language,
    end_own_other_sign_ins,
    end_own_sign_in,
    make_recovery_codes,
    remove_own_passkey,
    remove_own_second_factor,
    rename_own_passkey,
    set_own_password,
    set_password_with_code,
    set_up_second_factor,
)
from kimbilio.accounts.actions.sites import open_site
from kimbilio.accounts.actions.staff import (
    add_staff,
    clear_second_factor,
    create_first_administrator,
    disable_staff,
    enable_staff,
    end_role,
    give_one_time_code,
    give_role,
    unlock_staff,
)

__all__ = [
    "add_own_passkey",
    "add_staff",
    "anchor_audit_anew",
    "change_own_name",
    "choose_language",
    "clear_second_factor",
    "create_first_administrator",
    "disable_staff",
    "enable_staff",
    "end_own_other_sign_ins",
    "end_own_sign_in",
    "end_role",
    "give_one_time_code",
    "give_role",
    "make_recovery_codes",
    "open_site",
    "remove_own_passkey",
    "remove_own_second_factor",
    "rename_own_passkey",
    "rotate_keys",
    "set_own_password",
    "set_password_with_code",
    "set_up_second_factor",
    "unlock_staff",
]
