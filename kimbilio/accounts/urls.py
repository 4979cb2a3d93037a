"""Addresses of sign-in, of one's own sign-in and of the staff. Those named after allauth are where it leads people."""

from django.urls import path

from kimbilio.accounts.views import account, passkeys, sign_in, staff

# Pages of allauth that we do not have: it must find an address for each, and there is nothing behind it.
_NOT_OURS = (
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_set_password",
    "account_signup",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "usersessions_list",
)

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-out", sign_in.sign_out, name="account_logout"),
    path("sign-in/passkey", sign_in.sign_in_with_passkey, name="sign_in_with_passkey"),
    path("second-step", sign_in.second_step, name="mfa_authenticate"),
    path("reset", sign_in.reset, name="account_reset_password"),
    path("locked", sign_in.locked, name="locked"),
    path("language", account.language, name="language"),
    path("site", account.site, name="site"),
    path("account", account.account, name="account"),
    path("account", account.account, name="mfa_index"),
    path("account/again", sign_in.again, name="account_reauthenticate"),
    path("account/password", account.password, name="account_change_password"),
    path("account/second-step", account.set_up_second_step, name="mfa_activate_totp"),
    path("account/second-step/another-phone", account.another_phone, name="mfa_deactivate_totp"),
    path("account/passkeys", passkeys.passkeys, name="passkeys"),
    path("account/passkeys/new", passkeys.new_passkey, name="new_passkey"),
    path("account/passkeys/<int:passkey>/name", passkeys.rename_passkey, name="rename_passkey"),
    path("account/passkeys/<int:passkey>/remove", passkeys.remove_passkey, name="remove_passkey"),
    path("account/recovery-codes", account.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new", account.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/sign-ins/end-others", account.end_other_sign_ins, name="end_other_sign_ins"),
    path("account/sign-ins/<int:number>/end", account.end_sign_in, name="end_sign_in"),
    path("staff", staff.staff, name="staff"),
    path("staff/add", staff.add_staff, name="add_staff"),
    path("staff/<str:username>", staff.staff_member, name="staff_member"),
    path("staff/<str:username>/code", staff.one_time_code, name="one_time_code"),
    path("staff/<str:username>/disable", staff.disable_staff, name="disable_staff"),
    path("staff/<str:username>/enable", staff.enable_staff, name="enable_staff"),
    path("staff/<str:username>/role", staff.give_role, name="give_role"),
    path("staff/<str:username>/role/end", staff.end_role, name="end_role"),
    path("staff/<str:username>/second-step", staff.clear_second_step, name="clear_second_step"),
    path("staff/<str:username>/unlock", staff.unlock_staff, name="unlock_staff"),
    *(path(f"account/not-here/{name}", sign_in.not_here, name=name) for name in _NOT_OURS),
]
