"""Addresses of postings, under ``/staff/postings/``. Who may ask stands in `yixian.config.access_matrix`."""

from django.urls import path

from yixian.web.posting import posting_list, posting_page
from yixian.web.posting.posting_steps import STEPS

app_name = "posting"

urlpatterns = [
    *posting_list.POSTINGS.urls(""),
    path("new/", posting_list.NEW.page, name="new"),
    path("<int:posting_id>/", posting_page.posting_page, name="posting"),
    path("<int:posting_id>/lines.<str:file_format>", posting_page.posting_lines, name="lines"),
    path("<int:posting_id>/paper/", posting_page.posting_paper, name="paper"),
    path("<int:posting_id>/proofs/<int:seq>/", posting_page.posting_proof, name="proof"),
    *STEPS.urls("<int:posting_id>/"),
]
