from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "linggong.places"
    label = "places"
