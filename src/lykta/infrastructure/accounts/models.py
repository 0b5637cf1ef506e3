"""The table of accounts."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with their address in one spelling."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> "Account":
        """Return a new account; without a password it cannot be used until one is chosen."""
        account = self.model(email=email.strip().lower(), **values)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Konto: one who may log in, known by a work address. Knows no organisation."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="sv", choices=[("sv", "sv"), ("en", "en")])
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    class Meta:
        """One account an address, however it is spelled."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_account_an_address")
        ]

    def __str__(self) -> str:
        return self.name


class SignIn(models.Model):
    """Inloggning: an account is logged in on a device, since when and last seen when."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    # In words, "Firefox · Windows": neither an address nor what else a browser tells of itself.
    device = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.device


class Attempt(models.Model):
    """Försök: a row of the cache, which counts how often an address has tried to log in."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    expires = models.DateTimeField()

    class Meta:
        """The table is made by `createcachetable`."""

        managed = False
        db_table = "lykta_cache"

    def __str__(self) -> str:
        return str(self.expires)
