from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "wurzelwerk.appointments"
    label = "appointments"
    verbose_name = "Termine"
