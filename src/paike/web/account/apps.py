from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "paike.web.account"
    label = "web_account"
