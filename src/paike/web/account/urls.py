from django.urls import URLPattern, URLResolver, path

from paike.web.account import contacts, inbox, invitations, me, password_resets, people, staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("register/", people.register, name="register"),
    path("sign-in/", people.sign_in, name="sign-in"),
    path("sign-in/code/", people.sign_in_code, name="sign-in-code"),
    path("sign-in/code/again/", people.sign_in_resend, name="sign-in-resend"),
    path("sign-in/staff/", staff.staff_sign_in, name="staff-sign-in"),
    path("sign-in/totp/", staff.totp, name="totp"),
    path("sign-in/totp/setup/", staff.totp_setup, name="totp-setup"),
    path("sign-in/staff/reset/", password_resets.begin, name="password-reset"),
    path("sign-in/staff/reset/code/", password_resets.code, name="password-reset-code"),
    path("sign-in/staff/reset/new/", password_resets.new, name="password-reset-new"),
    path("invitations/<str:token>/", invitations.staff_invitation, name="staff-invitation"),
    path("sign-out/", inbox.sign_out, name="sign-out"),
    path("me/", me.me, name="me"),
    path("me/details/", me.details, name="me-details"),
    path("me/language/", me.language, name="me-language"),
    path("me/password/", me.password, name="me-password"),
    path("me/contacts/", contacts.contact, name="me-contact"),
    path("me/contacts/code/", contacts.contact_code, name="me-contact-code"),
    path("me/export/", me.export, name="me-export"),
    path("me/consent-withdrawal/", me.withdraw_consent, name="me-consent-withdrawal"),
    path("me/closing/", me.closing, name="me-closing"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read, name="inbox-read"),
]
