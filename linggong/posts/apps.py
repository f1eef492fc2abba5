from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "linggong.posts"
    label = "posts"
