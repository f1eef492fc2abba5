"""The pages for everybody."""

from django.urls import path

from linggong.web.public import front, jobs, sites

app_name = "public"
urlpatterns = [
    path("", front.front, name="front"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:shift_id>/", jobs.job, name="job"),
    path("places/", sites.sites, name="places"),
    path("places/<uuid:site_id>/", sites.site, name="place"),
    path("about/", front.about, name="about"),
    path("robots.txt", front.robots, name="robots"),
    path("sitemap.xml", front.sitemap, name="sitemap"),
]
